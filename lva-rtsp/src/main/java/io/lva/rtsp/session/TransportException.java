package io.lva.rtsp.session;

/** A transport that this host cannot receive; the message says why. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what, and what to do
   * @param cause why
   */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
