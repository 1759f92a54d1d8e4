package io.lva.fmp4;

/**
 * Says that bytes are not the MP4 they claim to be, or go beyond a limit of this library.
 *
 * <p>The message names the box and, where it is known, the byte in the file.
 */
public final class Mp4Exception extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message what is wrong and where
   */
  public Mp4Exception(String message) {
    super(message);
  }

  /**
   * Makes an exception with the complaint of a deeper parser.
   *
   * @param message what is wrong and where
   * @param cause the complaint
   */
  public Mp4Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
