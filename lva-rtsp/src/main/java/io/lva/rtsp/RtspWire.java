package io.lva.rtsp;

import java.nio.ByteBuffer;

/**
 * What a session needs of its connection.
 *
 * <p>Confined to its media loop.
 */
interface RtspWire {
  /** Sends a message. */
  void send(RtspMessage message);

  /** Sends an interleaved frame; the data is copied. */
  void sendInterleaved(int channel, ByteBuffer data);

  /** Expects frames on a channel. */
  void assign(int channel);

  /** Closes the connection when what was sent is answered, or after a moment. */
  void finish();

  /** Closes the connection at once. */
  void close();
}
