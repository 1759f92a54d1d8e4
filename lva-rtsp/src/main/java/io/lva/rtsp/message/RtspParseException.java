package io.lva.rtsp.message;

/** Thrown when what a peer sent is not an RTSP message, or exceeds a limit. */
public final class RtspParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, without the text that was received
   */
  public RtspParseException(String message) {
    super(message);
  }
}
