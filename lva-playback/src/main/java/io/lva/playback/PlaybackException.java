package io.lva.playback;

import java.io.IOException;

/** A request cannot be answered as it was asked; becomes an HTTP status and one line of text. */
final class PlaybackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  PlaybackException(int status, String message) {
    super(message);
    this.status = status;
  }

  private PlaybackException(int status, String message, IOException cause) {
    super(message, cause);
    this.status = status;
  }

  static PlaybackException badRequest(String message) {
    return new PlaybackException(400, message);
  }

  static PlaybackException notFound(String message) {
    return new PlaybackException(404, message);
  }

  /** The store failed; what exactly is for the log, not for the player. */
  static PlaybackException storeFailed(IOException cause) {
    return new PlaybackException(503, "the store cannot be read now", cause);
  }

  int status() {
    return status;
  }
}
