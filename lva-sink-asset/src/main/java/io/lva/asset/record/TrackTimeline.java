package io.lva.asset.record;

import io.lva.media.Ticks;

/**
 * The written time of one track. Turns the decode times and UTC of samples into decode times since
 * the Unix epoch and durations that leave no holes.
 *
 * <p>A duration is the distance to the next decode time; at a gap or at the end, it is the duration
 * of the previous sample. Written time follows UTC by lengthening or shortening durations by at
 * most 500 ppm, in proportion to the error, so that UTC jitter is not written. Times advance by at
 * least one tick and no sample lasts longer than 10 s, whatever the input.
 *
 * <p>Confined to its media loop.
 */
final class TrackTimeline {
  /** The longest duration of a sample. */
  static final int LONGEST_SAMPLE_SECONDS = 10;

  private static final long MOST_SLEW_PPM = 500;

  /** An error of 1 ms is slewed at 100 ppm, so most of it is gone after 10 s. */
  private static final long ERROR_NANOS_PER_PPM = 10_000;

  private static final long PPM = 1_000_000;

  /** A sample of unknown duration lasts as long as a picture at 25 per second. */
  private static final int DEFAULT_RATE = 25;

  private final int timescale;
  private final boolean slew;
  private long written;
  private long decodeTime;
  private long utcNanos;
  private long usualDuration;
  private long slewRest;

  /**
   * Creates a time line that has not begun.
   *
   * @param timescale ticks per second of both the read and the written decode times
   * @param slew false to keep the distances between decode times unchanged
   */
  TrackTimeline(int timescale, boolean slew) {
    this.timescale = timescale;
    this.slew = slew;
    this.usualDuration = Math.max(1, timescale / DEFAULT_RATE);
  }

  /** Begins a run with a sample, at its UTC. */
  void begin(long sampleDecodeTime, long sampleUtcNanos) {
    beginAt(
        Ticks.convertRounded(sampleUtcNanos, Ticks.NANOS_PER_SECOND, timescale),
        sampleDecodeTime,
        sampleUtcNanos);
  }

  /** Begins a run with a sample, at the end of what was written before. */
  void beginAt(long writtenTicks, long sampleDecodeTime, long sampleUtcNanos) {
    written = writtenTicks;
    decodeTime = sampleDecodeTime;
    utcNanos = sampleUtcNanos;
    slewRest = 0;
  }

  /** Returns the written decode time of the latest sample, in ticks since the Unix epoch. */
  long written() {
    return written;
  }

  /** Returns the UTC of the latest sample, as it was received. */
  long utcNanos() {
    return utcNanos;
  }

  /** Returns where the latest sample ends if nothing follows, in ticks since the Unix epoch. */
  long expectedEnd() {
    return written + usualDuration;
  }

  /** Returns the duration of the latest sample if nothing follows, in ticks. */
  int usualDuration() {
    return (int) usualDuration;
  }

  /** Returns how far the UTC of the latest sample is ahead of its written time. */
  long errorNanos() {
    return utcNanos - Ticks.convertRounded(written, timescale, Ticks.NANOS_PER_SECOND);
  }

  /**
   * Returns how far a sample lies after the latest one, in ticks. If decode time and UTC disagree
   * because one of them jumped, UTC counts.
   */
  long distanceAcrossGap(long nextDecodeTime, long nextUtcNanos) {
    long byDecodeTime = nextDecodeTime - decodeTime;
    long byUtc = Ticks.convertRounded(nextUtcNanos - utcNanos, Ticks.NANOS_PER_SECOND, timescale);
    return Math.abs(byDecodeTime - byUtc) <= timescale / 4 ? byDecodeTime : byUtc;
  }

  /**
   * Returns how far a sample lies after the latest one by decode time; 0 if the decode time jumped.
   */
  long distanceByDecodeTime(long nextDecodeTime) {
    long distance = nextDecodeTime - decodeTime;
    return distance > 0 && distance <= longest() ? distance : 0;
  }

  /**
   * Returns whether a sample lies too far after the latest one for this run, although no gap was
   * announced.
   */
  boolean isHole(long nextDecodeTime, long nextUtcNanos) {
    return distance(nextDecodeTime, nextUtcNanos) > longest();
  }

  /**
   * Moves on to the next sample.
   *
   * @return the duration of the sample before it, 1 tick to 10 s
   */
  int advance(long nextDecodeTime, long nextUtcNanos) {
    long distance = Math.min(distance(nextDecodeTime, nextUtcNanos), longest());
    usualDuration = distance;
    return move(slewed(distance), nextDecodeTime, nextUtcNanos);
  }

  /**
   * Moves on to the sample that ends a hole, by extending the sample before it.
   *
   * @param distance ticks from sample to sample, see {@link #distanceAcrossGap}
   * @return the duration of the sample before the hole, 1 tick to 10 s
   */
  int bridge(long distance, long nextDecodeTime, long nextUtcNanos) {
    long duration = distance > 0 ? Math.min(distance, longest()) : usualDuration;
    return move(duration, nextDecodeTime, nextUtcNanos);
  }

  private int move(long duration, long nextDecodeTime, long nextUtcNanos) {
    written += duration;
    decodeTime = nextDecodeTime;
    utcNanos = nextUtcNanos;
    return (int) duration;
  }

  private long distance(long nextDecodeTime, long nextUtcNanos) {
    long byDecodeTime = distanceByDecodeTime(nextDecodeTime);
    if (byDecodeTime > 0) {
      return byDecodeTime;
    }
    // The decode time stands still or jumped, and nobody said so (mediamtx#5808, #6255).
    long byUtc = Ticks.convertRounded(nextUtcNanos - utcNanos, Ticks.NANOS_PER_SECOND, timescale);
    return byUtc > 0 ? byUtc : usualDuration;
  }

  private long slewed(long distance) {
    if (!slew) {
      return distance;
    }
    long ppm = errorNanos() / ERROR_NANOS_PER_PPM;
    slewRest += distance * Math.max(-MOST_SLEW_PPM, Math.min(MOST_SLEW_PPM, ppm));
    long correction = slewRest / PPM;
    slewRest -= correction * PPM;
    return Math.max(1, Math.min(longest(), distance + correction));
  }

  private long longest() {
    return (long) LONGEST_SAMPLE_SECONDS * timescale;
  }
}
