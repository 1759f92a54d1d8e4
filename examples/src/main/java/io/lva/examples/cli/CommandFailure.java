package io.lva.examples.cli;

/**
 * Ends a command with exit code 2 and one line on the standard error stream.
 *
 * <p>The message says what is wrong, where, and what to do; it never contains a secret.
 */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
