package io.lva.processor;

/** Thrown when a picture cannot be decoded; the message says why, in one line. */
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message one line for the operator
   */
  public PictureException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message one line for the operator
   * @param cause the underlying failure
   */
  public PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
