package io.lva.asset.upload;

import java.time.Duration;

/**
 * How far publishing of a spool is behind.
 *
 * <p>Immutable.
 *
 * @param state what the upload is doing
 * @param backlogBytes size of the complete segments that are not in the store
 * @param backlogAge how long the oldest of these segments has waited; zero when none is waiting
 * @param copiesBytes size of the published segments that are kept for local playback
 */
public record UploadStatus(State state, long backlogBytes, Duration backlogAge, long copiesBytes) {
  /** Nothing is waiting. Also the status of an asset that is recorded where it stays. */
  public static final UploadStatus NONE = new UploadStatus(State.UP_TO_DATE, 0, Duration.ZERO, 0);

  /**
   * What an upload is doing. The metric {@code lva.upload.state} numbers the states from 0 in this
   * order.
   */
  public enum State {
    /** Everything complete is in the store. */
    UP_TO_DATE,
    /** Segments are on their way. */
    UPLOADING,
    /** The store fails or cannot be reached; the upload is retried automatically. */
    STORE_AWAY,
    /** The store refuses the credentials. Somebody has to act, but the upload is retried anyway. */
    ACCESS_DENIED,
    /** Another recorder has the asset; nothing is published until the next recording. */
    TAKEN_OVER
  }

  /**
   * Creates an upload status.
   *
   * @param state what the upload is doing
   * @param backlogBytes 0 or more
   * @param backlogAge zero or more
   * @param copiesBytes 0 or more
   */
  public UploadStatus {}
}
