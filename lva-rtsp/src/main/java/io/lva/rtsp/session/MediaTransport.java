package io.lva.rtsp.session;

import io.lva.rtsp.message.TransportHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Carries the packets of a session's streams, either apart from the messages or interleaved with
 * them.
 *
 * <p>The session calls {@link #offer} and {@link #accept} once per stream, one stream after the
 * other, and knows nothing else about the path that its packets take.
 *
 * <p>Confined to its media loop.
 */
public interface MediaTransport {
  /**
   * Returns what to ask the camera for.
   *
   * @param track number of the stream
   * @return the {@code Transport} field of its SETUP; the same one when it is asked for again
   * @throws TransportException when this host cannot receive that way
   */
  TransportHeader offer(int track);

  /**
   * Takes the camera's choice for the stream that was offered last.
   *
   * @param track number of the stream
   * @param chosen the {@code Transport} field of the response; empty when it has none
   * @return false when the choice cannot be used, because the packets would come in another way or
   *     on the channels of another stream
   * @throws TransportException when this host cannot receive that way
   */
  boolean accept(int track, Optional<TransportHeader> chosen);

  /**
   * Sends a receiver report.
   *
   * @param track number of a stream that was accepted
   * @param report copied, from position to limit
   */
  void report(int track, ByteBuffer report);

  /** Closes the transport; no packet follows. It may be called more than once. */
  void close();

  /** Opens the transport of a session. */
  @FunctionalInterface
  interface Factory {
    /**
     * Opens a transport.
     *
     * @param receiver takes its packets
     * @return the transport
     */
    MediaTransport open(Receiver receiver);
  }

  /** Takes the packets of a transport, on the media loop. */
  interface Receiver {
    /**
     * Notes that bytes arrived; their content is handed over before this is called again.
     *
     * @param sizeBytes number of bytes, positive
     */
    void received(int sizeBytes);

    /**
     * Takes one packet.
     *
     * @param track number of its stream
     * @param control whether it came where RTCP is expected
     * @param packet valid only during this call; must not be written to
     */
    void packet(int track, boolean control, ByteBuffer packet);
  }
}
