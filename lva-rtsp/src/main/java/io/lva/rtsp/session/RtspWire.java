package io.lva.rtsp.session;

import io.lva.rtsp.message.RtspMessage;

/**
 * The connection that carries the messages of a session.
 *
 * <p>Confined to its media loop.
 */
public interface RtspWire {
  /**
   * Sends a message; it is dropped while the peer does not read what was sent before.
   *
   * @param message the message
   */
  void send(RtspMessage message);

  /** Closes the connection after a moment, in which what was sent can be answered. */
  void finish();

  /** Closes the connection at once. */
  void close();
}
