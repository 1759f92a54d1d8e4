package io.lva.sdp;

/** Thrown when a text is not a session description. */
public final class SdpParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, without the text
   */
  public SdpParseException(String message) {
    super(message);
  }
}
