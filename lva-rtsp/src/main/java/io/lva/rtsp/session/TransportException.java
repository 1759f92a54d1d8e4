package io.lva.rtsp.session;

/** Thrown when this host cannot receive over a transport; the message says why. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what cannot be received, and what to do
   * @param cause the underlying failure
   */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
