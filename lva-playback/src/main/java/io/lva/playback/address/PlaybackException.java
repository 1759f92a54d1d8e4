package io.lva.playback.address;

import java.io.IOException;

/**
 * Thrown when a request cannot be answered as it was asked. It becomes an HTTP status and one line
 * of text.
 */
public final class PlaybackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Creates a refusal.
   *
   * @param status HTTP status, 400 or more
   * @param message what is wrong, where, and what to do, in one line
   */
  public PlaybackException(int status, String message) {
    super(message);
    this.status = status;
  }

  private PlaybackException(int status, String message, IOException cause) {
    super(message, cause);
    this.status = status;
  }

  /**
   * Refuses a request that cannot be understood.
   *
   * @param message what is wrong and what was expected
   * @return the refusal, with status 400
   */
  public static PlaybackException badRequest(String message) {
    return new PlaybackException(400, message);
  }

  /**
   * Refuses a request for what is not there.
   *
   * @param message what is not there
   * @return the refusal, with status 404
   */
  public static PlaybackException notFound(String message) {
    return new PlaybackException(404, message);
  }

  /**
   * Refuses a request because the store failed. The cause is for the log, not for the player.
   *
   * @param cause what failed
   * @return the refusal, with status 503
   */
  public static PlaybackException storeFailed(IOException cause) {
    return new PlaybackException(503, "the store cannot be read now", cause);
  }

  /**
   * Returns the HTTP status.
   *
   * @return 400 or more
   */
  public int status() {
    return status;
  }
}
