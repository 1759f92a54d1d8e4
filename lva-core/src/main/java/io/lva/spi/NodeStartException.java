package io.lva.spi;

/** A node cannot begin to work; the message says what, where and what to do. */
public final class NodeStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message one line for the operator, without secrets
   */
  public NodeStartException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message one line for the operator, without secrets
   * @param cause what failed below
   */
  public NodeStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
