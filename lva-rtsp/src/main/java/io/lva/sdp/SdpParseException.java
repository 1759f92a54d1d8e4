package io.lva.sdp;

/** A text is no session description. */
public final class SdpParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong, without the text
   */
  public SdpParseException(String message) {
    super(message);
  }
}
