package io.lva.asset;

import java.time.Duration;
import java.util.OptionalDouble;

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

  private final OptionalDouble uploadLimit;
  private final long localCopiesMiB;

  private RecorderOptions(
      Duration segmentLength,
      Duration partLength,
      Duration syncInterval,
      OptionalDouble uploadLimit,
      long localCopiesMiB) {
    this.segmentLength = segmentLength;
    this.partLength = partLength;
    this.syncInterval = syncInterval;
    this.uploadLimit = uploadLimit;
    this.localCopiesMiB = localCopiesMiB;
  }

  /**
   * Returns the usual options.
   *
   * @return options with segments of 30 s, parts of 0.5 s, media durable after 2 s, no limit on
   *     uploads, and no copies of what was uploaded
   */
  public static RecorderOptions defaults() {
    return new RecorderOptions(
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        OptionalDouble.empty(),
        0);
  }

  /**
   * Returns a copy with another segment length.
   *
   * @param length 1 s or more; a segment ends before the first sync sample after this length, or at
   *     twice this length when no sync sample comes
   * @return the copy
   * @throws IllegalArgumentException when the length is below 1 s
   */
  public RecorderOptions segmentLength(Duration length) {
    if (length.compareTo(SHORTEST_SEGMENT) < 0) {
      throw new IllegalArgumentException("segments of " + length);
    }
    return new RecorderOptions(length, partLength, syncInterval, uploadLimit, localCopiesMiB);
  }

  /**
   * Returns a copy with another part length.
   *
   * @param length positive; when the process is killed, about this much media is lost at most
   * @return the copy
   * @throws IllegalArgumentException when it is not positive
   */
  public RecorderOptions partLength(Duration length) {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("parts of " + length);
    }
    return new RecorderOptions(segmentLength, length, syncInterval, uploadLimit, localCopiesMiB);
  }

  /**
   * Returns a copy with another limit on the time until media is durable.
   *
   * @param interval positive; files are synced with every group of pictures, and at least this
   *     often. When the machine fails, at most this much media and one part are lost
   * @return the copy
   * @throws IllegalArgumentException when it is not positive
   */
  public RecorderOptions syncInterval(Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("durable after " + interval);
    }
    return new RecorderOptions(segmentLength, partLength, interval, uploadLimit, localCopiesMiB);
  }

  /**
   * Returns a copy with a limit on the bandwidth of uploads to stores that are not a disk.
   *
   * @param megabitsPerSecond the limit in Mbit/s, above 0, shared by all sinks of a runtime; the
   *     first sink's limit applies. It must exceed the bit rate of the cameras, or the local media
   *     cache fills up
   * @return the copy
   * @throws IllegalArgumentException when it is not a positive number
   */
  public RecorderOptions uploadLimit(double megabitsPerSecond) {
    if (!(megabitsPerSecond > 0) || Double.isInfinite(megabitsPerSecond)) {
      throw new IllegalArgumentException("uploads at " + megabitsPerSecond + " Mbit/s");
    }
    return new RecorderOptions(
        segmentLength,
        partLength,
        syncInterval,
        OptionalDouble.of(megabitsPerSecond),
        localCopiesMiB);
  }

  /**
   * Returns a copy that also keeps uploaded media in the local media cache, so that players on this
   * machine need not get it from the store.
   *
   * @param mebibytes the largest size of all these copies together, 0 to 2^43 - 1; beyond it, the
   *     oldest copies are deleted. The copies of a sink also count toward its {@code
   *     localMediaCacheMaximumSizeMiB}, and are deleted before media that is not uploaded. The
   *     first sink's value applies to all sinks of a runtime
   * @return the copy
   * @throws IllegalArgumentException when it is out of range
   */
  public RecorderOptions localCopiesMiB(long mebibytes) {
    if (mebibytes < 0 || mebibytes > Long.MAX_VALUE >> 20) {
      throw new IllegalArgumentException("copies of " + mebibytes + " MiB");
    }
    return new RecorderOptions(segmentLength, partLength, syncInterval, uploadLimit, mebibytes);
  }

  /**
   * Returns the segment length.
   *
   * @return the length; the rest of the last group of pictures is added to it
   */
  public Duration segmentLength() {
    return segmentLength;
  }

  /**
   * Returns the part length.
   *
   * @return the length at which a part is closed; its last sample may exceed it
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

  /**
   * Returns the limit on the bandwidth of uploads.
   *
   * @return the limit in Mbit/s for all sinks together; empty without a limit
   */
  public OptionalDouble uploadLimit() {
    return uploadLimit;
  }

  /**
   * Returns how much uploaded media is kept in the local media cache.
   *
   * @return the size in MiB of all copies together; 0 when none are kept
   */
  public long localCopiesMiB() {
    return localCopiesMiB;
  }
}
