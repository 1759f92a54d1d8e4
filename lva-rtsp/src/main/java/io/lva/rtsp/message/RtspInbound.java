package io.lva.rtsp.message;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import java.nio.ByteBuffer;

/**
 * Takes what arrives on an RTSP connection, in the order of arrival.
 *
 * <p>Called on the media loop of the connection.
 */
public interface RtspInbound extends DeviationSink {
  /**
   * Notes that bytes arrived; their content is handed over before this is called again.
   *
   * @param sizeBytes number of bytes, positive
   */
  default void received(int sizeBytes) {}

  /**
   * Takes one interleaved frame (RFC 2326 section 10.12).
   *
   * @param channel 0 to 255, assigned or not
   * @param data what the frame carries, from position to limit; it lies in the receive buffer, so
   *     it must not be written to and is valid only during this call
   */
  void interleaved(int channel, ByteBuffer data);

  /**
   * Takes one request or response.
   *
   * @param message the message
   */
  void message(RtspMessage message);

  @Override
  default void note(Deviation deviation, String evidence, long first, long second) {}

  /**
   * Notes that neither a frame nor a message begins where one should; the decoder searches for the
   * next frame or message.
   *
   * @param found up to 32 characters of what is there instead, with a dot for each unprintable one;
   *     empty when earlier data on this connection was understood
   */
  default void desynchronised(String found) {}
}
