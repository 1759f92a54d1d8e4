package io.lva.rtsp.session;

import io.lva.rtsp.message.RtspMessage;
import java.nio.ByteBuffer;

/**
 * What a session needs of its connection.
 *
 * <p>Confined to its media loop.
 */
public interface RtspWire {
  /**
   * Sends a message.
   *
   * @param message the message
   */
  void send(RtspMessage message);

  /**
   * Sends an interleaved frame.
   *
   * @param channel 0 to 255
   * @param data copied, from position to limit
   */
  void sendInterleaved(int channel, ByteBuffer data);

  /**
   * Expects frames on a channel.
   *
   * @param channel 0 to 255
   */
  void assign(int channel);

  /** Closes the connection when what was sent is answered, or after a moment. */
  void finish();

  /** Closes the connection at once. */
  void close();
}
