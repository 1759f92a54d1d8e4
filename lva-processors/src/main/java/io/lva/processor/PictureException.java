package io.lva.processor;

/** A picture cannot be decoded; the message says why, in one line. */
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message one line for the operator
   */
  public PictureException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message one line for the operator
   * @param cause what failed below
   */
  public PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
