package io.lva.rtp;

import io.lva.media.GapCause;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.media.UtcSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the packets of a camera's session into samples, gaps and time, over all its connections.
 *
 * <p>The one class a session drives: {@link #start} with the streams that were set up, {@link #rtp}
 * and {@link #rtcp} for every packet, {@link #connectionLost} when the connection is gone, {@link
 * #start} again with the next one, {@link #end} last. It never throws on what a camera sent.
 * Between a lost connection and the first sync sample of the next one a gap is open; before the
 * first sample of all there is none.
 *
 * <p>Confined to its media loop.
 */
public final class SessionReceiver {
  private final SampleConsumer output;

  /**
   * Makes a receiver without connection.
   *
   * @param options limits and choices
   * @param slabs memory of samples
   * @param output takes the samples of all connections
   */
  public SessionReceiver(ReceiverOptions options, SlabPool slabs, SampleConsumer output) {
    this.output = output;
  }

  /**
   * Begins a connection. Call it before PLAY is sent: cameras send media before they answer.
   *
   * @param formats streams that were set up; those it cannot receive are ignored and noted
   * @param nanoTime monotonic time
   * @param utcNanos UTC of the host
   */
  public void start(List<TrackFormat> formats, long nanoTime, long utcNanos) {}

  /**
   * Takes what only the answer to PLAY tells, if it tells it: {@code RTP-Info} with an {@code
   * ssrc}.
   *
   * @param track number of the stream
   * @param ssrc announced synchronization source
   */
  public void ssrcAnnounced(int track, long ssrc) {}

  /**
   * Takes one RTP packet.
   *
   * @param track number of the stream; others than those of {@link #start} are ignored
   * @param packet read from its position to its limit, neither moved nor changed; may be direct and
   *     is not used after the call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void rtp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {}

  /**
   * Takes one RTCP packet, compound or not.
   *
   * @param track number of the stream
   * @param packet read from its position to its limit, neither moved nor changed
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void rtcp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {}

  /**
   * Ends the connection: what is complete is delivered, then the gap opens.
   *
   * @param cause why media ends
   */
  public void connectionLost(GapCause cause) {}

  /**
   * Adds a cause to the open gap: a further attempt to connect failed. Nothing without a gap.
   *
   * @param cause why
   */
  public void failed(GapCause cause) {}

  /**
   * Delivers what is complete and ends the output. Nothing may be called afterwards but {@link
   * #statistics}.
   *
   * @param cause why the stream ends
   */
  public void end(GapCause cause) {
    output.end(cause);
  }

  /**
   * Returns when media came last, for a watchdog.
   *
   * @return monotonic time of the last packet of a received stream, or of {@link #start}
   */
  public long lastMediaNanos() {
    return 0;
  }

  /**
   * Returns what was counted so far.
   *
   * @return a snapshot
   */
  public ReceiverStatistics statistics() {
    return new ReceiverStatistics(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        ParameterSetOrigin.NONE,
        Optional.<UtcSource>empty(),
        0,
        Set.of());
  }

  /**
   * Writes a compound RTCP packet with a receiver report (RFC 3550 section 6.4.2), which some
   * cameras need every 5 s as a sign of life.
   *
   * @param track number of the stream
   * @param nanoTime monotonic time
   * @return the packet, empty when nothing was received on this stream yet
   */
  public ByteBuffer receiverReport(int track, long nanoTime) {
    return ByteBuffer.allocate(0);
  }
}
