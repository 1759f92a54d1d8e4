package io.lva.rtsp.message;

/** What a peer sent is no RTSP message, or exceeds a limit. */
public final class RtspParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong, without the text that was received
   */
  public RtspParseException(String message) {
    super(message);
  }
}
