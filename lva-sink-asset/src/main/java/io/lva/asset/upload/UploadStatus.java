package io.lva.asset.upload;

import java.time.Duration;

/**
 * How far the publishing of a spool is behind.
 *
 * <p>Immutable.
 *
 * @param state what the upload does
 * @param backlogBytes size of the complete segments that are not in the store
 * @param backlogAge how long the oldest of them has waited; zero when none waits
 * @param copiesBytes size of the published segments that are kept for local play-back
 */
public record UploadStatus(State state, long backlogBytes, Duration backlogAge, long copiesBytes) {
  /** Nothing waits; also the status of an asset that is recorded where it stays. */
  public static final UploadStatus NONE = new UploadStatus(State.UP_TO_DATE, 0, Duration.ZERO, 0);

  /** What an upload does. The metric {@code lva.upload.state} numbers them from 0 in this order. */
  public enum State {
    /** Everything complete is in the store. */
    UP_TO_DATE,
    /** Segments are on their way. */
    UPLOADING,
    /** The store fails or cannot be reached; the upload is tried again by itself. */
    STORE_AWAY,
    /**
     * The store refuses the credentials: somebody has to act; the upload is tried again
     * nevertheless.
     */
    ACCESS_DENIED,
    /** Another recorder has the asset; nothing is published until the next recording. */
    TAKEN_OVER
  }

  /**
   * Creates an upload status.
   *
   * @param state what the upload does
   * @param backlogBytes 0 or more
   * @param backlogAge zero or more
   * @param copiesBytes 0 or more
   */
  public UploadStatus {}
}
