package io.lva.spi;

/** Thrown when a node cannot begin to work; the message says why, where, and what to do. */
public final class NodeStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message one line for the operator, without secrets
   */
  public NodeStartException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message one line for the operator, without secrets
   * @param cause the underlying failure
   */
  public NodeStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
