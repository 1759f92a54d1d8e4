package io.lva.playback;

/** A request cannot be answered as it was asked; becomes an HTTP status and one line of text. */
final class PlaybackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  PlaybackException(int status, String message) {
    super(message);
    this.status = status;
  }

  static PlaybackException badRequest(String message) {
    return new PlaybackException(400, message);
  }

  static PlaybackException notFound(String message) {
    return new PlaybackException(404, message);
  }

  int status() {
    return status;
  }
}
