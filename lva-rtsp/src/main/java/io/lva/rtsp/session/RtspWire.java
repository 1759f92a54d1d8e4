package io.lva.rtsp.session;

import io.lva.rtsp.message.RtspMessage;

/**
 * The connection that carries the messages of a session.
 *
 * <p>Confined to its media loop.
 */
public interface RtspWire {
  /**
   * Sends a message, or drops it while the peer does not read what was sent before.
   *
   * @param message the message
   */
  void send(RtspMessage message);

  /** Closes the connection after a moment in which the peer can answer what was sent. */
  void finish();

  /** Closes the connection at once. */
  void close();
}
