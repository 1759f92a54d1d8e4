package io.lva.asset;

import java.time.Duration;

/**
 * How an asset is recorded.
 *
 * <p>Immutable.
 */
public final class RecorderOptions {
  private static final Duration SHORTEST_SEGMENT = Duration.ofSeconds(1);

  private final Duration segmentLength;
  private final Duration partLength;
  private final Duration syncInterval;

  private RecorderOptions(Duration segmentLength, Duration partLength, Duration syncInterval) {
    this.segmentLength = segmentLength;
    this.partLength = partLength;
    this.syncInterval = syncInterval;
  }

  /**
   * Returns the usual options.
   *
   * @return segments of 30 s, parts of 0.5 s, durable after 2 s
   */
  public static RecorderOptions defaults() {
    return new RecorderOptions(
        Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  /**
   * Returns a copy with another length of segments.
   *
   * @param length a segment ends with the first sync sample after it, or at twice this length
   *     without one; 1 s or more
   * @return the copy
   * @throws IllegalArgumentException when it is shorter
   */
  public RecorderOptions segmentLength(Duration length) {
    if (length.compareTo(SHORTEST_SEGMENT) < 0) {
      throw new IllegalArgumentException("segments of " + length);
    }
    return new RecorderOptions(length, partLength, syncInterval);
  }

  /**
   * Returns a copy with another length of parts.
   *
   * @param length the most media that is lost when the process ends at once; positive
   * @return the copy
   * @throws IllegalArgumentException when it is not positive
   */
  public RecorderOptions partLength(Duration length) {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("parts of " + length);
    }
    return new RecorderOptions(segmentLength, length, syncInterval);
  }

  /**
   * Returns a copy with another limit on the time until media is durable.
   *
   * @param interval the most media that is lost when the machine fails, apart from one part; files
   *     are synced with every group of pictures, and at least this often; positive
   * @return the copy
   * @throws IllegalArgumentException when it is not positive
   */
  public RecorderOptions syncInterval(Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("durable after " + interval);
    }
    return new RecorderOptions(segmentLength, partLength, interval);
  }

  /**
   * Returns the length of segments.
   *
   * @return the length, which excludes the rest of the last group of pictures
   */
  public Duration segmentLength() {
    return segmentLength;
  }

  /**
   * Returns the length of parts.
   *
   * @return the maximum, unless a single sample is longer
   */
  public Duration partLength() {
    return partLength;
  }

  /**
   * Returns the time after which media is durable.
   *
   * @return the maximum, as long as the volume keeps up
   */
  public Duration syncInterval() {
    return syncInterval;
  }
}
