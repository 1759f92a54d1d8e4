package io.lva.rtspsim;

/**
 * Thrown when a file of the media folder cannot be played; the message says why, without the name
 * of the file.
 */
final class UnservableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  UnservableFileException(String message) {
    super(message);
  }

  UnservableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
