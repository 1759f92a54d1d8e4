package io.lva.fmp4;

/**
 * Thrown when bytes are not valid MP4 or exceed a limit of this library.
 *
 * <p>The message names the box and, where it is known, the byte in the file.
 */
public final class Mp4Exception extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the violation and its place
   */
  public Mp4Exception(String message) {
    super(message);
  }

  /**
   * Creates an exception with the failure of a nested parser as its cause.
   *
   * @param message the violation and its place
   * @param cause the failure
   */
  public Mp4Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
