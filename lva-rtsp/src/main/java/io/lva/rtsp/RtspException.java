package io.lva.rtsp;

/**
 * Thrown when a camera could not be connected to or played; the message says what failed, where,
 * and what to do.
 */
public final class RtspException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RtspFailure failure;

  /**
   * Creates the exception for a failure.
   *
   * @param failure the failure, whose message becomes that of the exception
   */
  public RtspException(RtspFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /**
   * Returns what failed: where, at which step, with which status.
   *
   * @return the failure
   */
  public RtspFailure failure() {
    return failure;
  }
}
