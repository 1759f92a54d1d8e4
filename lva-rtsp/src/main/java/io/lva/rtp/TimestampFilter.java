package io.lva.rtp;

import io.lva.media.Ticks;
import io.lva.rtsp.Deviation;

/**
 * Puts the RTP timestamps of access units on one line of ticks, and keeps jumps of the camera's
 * clock off it.
 *
 * <p>A timestamp is off the line when it is over a second behind (or behind at all where pictures
 * are never reordered), or over a second ahead of both the last one and the time of arrival.
 * Cameras send such timestamps for a single picture (Intelbras) or from a reset on. The picture is
 * kept and placed after the last one; when {@value #CONFIRMATIONS} timestamps in a row agree, the
 * jump is confirmed and the line goes on with the new timestamps. Everything on the line is exact:
 * it differs from the RTP timestamps by a constant between two confirmed jumps.
 *
 * <p>Confined to its media loop.
 */
final class TimestampFilter {
  /** Access units in a row on the same new line that confirm a jump. */
  static final int CONFIRMATIONS = 5;

  /** So few access units show neither their mean distance nor whether their clock has stopped. */
  private static final int FEW_UNITS = 16;

  private static final int FORWARD_SECONDS_UNCHECKED = 10;

  /** Largest number of pictures per second while arrivals take the place of timestamps. */
  private static final int MAXIMUM_RATE = 200;

  private final int clockRate;
  private final MediaArrival arrival;
  private final ReceiverCounters counters;
  private final RtpTimestampUnwrapper unwrapper = new RtpTimestampUnwrapper();

  private final TimestampTrust trust;

  private boolean ordered;
  private boolean started;
  private long shift;
  private long highest;
  private long highestNanoTime;
  private long lineStart;
  private long lineUnits;
  private long usualUnitTicks;
  private int candidate;
  private int candidates;
  private boolean jumped;
  private boolean sourceChanged;
  private boolean arrivalsRule;
  private long lastTicks;
  private long lastStep;
  private int standing;
  private long trustedTicks;
  private long trustedNanoTime;

  TimestampFilter(int clockRate, MediaArrival arrival, ReceiverCounters counters) {
    this.clockRate = clockRate;
    this.arrival = arrival;
    this.counters = counters;
    this.trust = new TimestampTrust(clockRate);
  }

  /**
   * Places the next access unit.
   *
   * @param timestamp the 32 bits of its RTP timestamp
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   * @return ticks on the line
   */
  long place(int timestamp, long nanoTime, long utcNanos) {
    if (trust.isLost()) {
      return trust.isRegained(timestamp, nanoTime)
          ? restart(timestamp, nanoTime)
          : advance(byArrival(nanoTime, utcNanos), nanoTime);
    }
    long ticks = unwrapper.peek(timestamp) + shift;
    if (!started) {
      started = true;
      lastTicks = ticks;
      highestNanoTime = nanoTime;
      begin(ticks);
    } else if (sourceChanged) {
      return restart(timestamp, nanoTime);
    } else if (ticks == lastTicks) {
      return spread(ticks, nanoTime, utcNanos);
    } else if (!isPlausible(ticks, nanoTime, utcNanos)) {
      return replace(timestamp, nanoTime);
    }
    unwrapper.unwrap(timestamp);
    candidates = 0;
    trust.placed(true);
    standing = 0;
    lastStep = ticks > lastTicks ? ticks - lastTicks : lastStep;
    lastTicks = ticks;
    if (trust.isWhole()) {
      trustedTicks = ticks;
      trustedNanoTime = nanoTime;
    }
    return advance(ticks, nanoTime);
  }

  /** Notes whether pictures are never reordered, so that times of presentation cannot go back. */
  void ordered(boolean isOrdered) {
    ordered = isOrdered;
  }

  /**
   * Notes that the next packets come from a new source. Its timestamps may begin anywhere; on the
   * line, they go on where those of the old source ended, plus the time that has passed.
   */
  void newSource() {
    sourceChanged = started;
  }

  /**
   * Places a timestamp of a sender report.
   *
   * @param timestamp the 32 bits
   * @return ticks on the line
   */
  long peek(int timestamp) {
    return unwrapper.peek(timestamp) + shift;
  }

  /** Returns whether anything was placed, so that {@link #peek} means something. */
  boolean isStarted() {
    return started;
  }

  /**
   * Returns whether a jump was confirmed since the last call.
   *
   * @return true once for each jump
   */
  boolean takeJump() {
    boolean result = jumped;
    jumped = false;
    return result;
  }

  /**
   * Returns whether arrivals have taken the place of timestamps since the last call.
   *
   * @return true once for each time that timestamps have lost their meaning or have stopped
   */
  boolean takeLoss() {
    boolean result = arrivalsRule;
    arrivalsRule = false;
    return result;
  }

  private boolean isPlausible(long ticks, long nanoTime, long utcNanos) {
    long step = ticks - highest;
    if (step < 0) {
      return !ordered && -step <= Math.max(clockRate, 16 * unitTicks());
    }
    if (step <= Math.max(clockRate, 4 * unitTicks())) {
      return true;
    }
    if (arrival.isComparable()) {
      return arrival.aheadNanos(ticks, nanoTime, utcNanos) <= Ticks.NANOS_PER_SECOND;
    }
    long waited = Ticks.convert(nanoTime - highestNanoTime, Ticks.NANOS_PER_SECOND, clockRate);
    return step <= FORWARD_SECONDS_UNCHECKED * (long) clockRate
        || (arrival.isLive() && step <= waited + clockRate);
  }

  /**
   * Places a picture that has the same timestamp as the last one. The first such picture lies half
   * a step after the last one; for those that follow, the time of arrival takes the place of the
   * timestamp.
   */
  private long spread(long ticks, long nanoTime, long utcNanos) {
    counters.deviations.note(
        standing == 0 ? Deviation.TIMESTAMP_TWICE : Deviation.TIMESTAMPS_STAND_STILL,
        "picture {0} with the same timestamp",
        standing + 2);
    long step = Math.max(1, (lastStep > 0 ? lastStep : clockRate / 25) / 2);
    if (++standing == 1) {
      return advance(ticks + step, nanoTime);
    }
    arrivalsRule |= standing == FEW_UNITS;
    long placed = byArrival(nanoTime, utcNanos);
    shift += placed - ticks;
    lastTicks = placed;
    return advance(placed, nanoTime);
  }

  private long replace(int timestamp, long nanoTime) {
    counters.filteredTimestamps++;
    counters.deviations.note(
        Deviation.TIMESTAMPS_JUMP, "to {0}", Integer.toUnsignedLong(timestamp));
    candidates = candidates > 0 && agrees(timestamp - candidate) ? candidates + 1 : 1;
    candidate = timestamp;
    if (candidates >= CONFIRMATIONS) {
      jumped = true;
      return continueWith(timestamp, highest + Math.max(1, unitTicks()), nanoTime);
    }
    trust.placed(false);
    if (trust.isLost()) {
      arrivalsRule = true;
      counters.deviations.note(
          Deviation.TIMESTAMPS_MEANINGLESS,
          "the last one is {0}",
          Integer.toUnsignedLong(timestamp));
    }
    return advance(highest + Math.max(1, unitTicks()), nanoTime);
  }

  private boolean agrees(int step) {
    long apart = Math.abs((long) step);
    return apart <= Math.max(clockRate, 4 * unitTicks()) && (step > 0 || !ordered);
  }

  private long restart(int timestamp, long nanoTime) {
    sourceChanged = false;
    long waited = Ticks.convert(nanoTime - highestNanoTime, Ticks.NANOS_PER_SECOND, clockRate);
    return continueWith(timestamp, highest + Math.max(Math.max(1, unitTicks()), waited), nanoTime);
  }

  /** Begins another line, on which a timestamp lies at the given ticks. */
  private long continueWith(int timestamp, long ticks, long nanoTime) {
    unwrapper.reset();
    shift = ticks - unwrapper.unwrap(timestamp);
    candidates = 0;
    standing = 0;
    trust.restart();
    lastTicks = ticks;
    highestNanoTime = nanoTime;
    begin(ticks);
    return advance(ticks, nanoTime);
  }

  /**
   * Places a picture where its arrival says that it is due or, while this is unknown, by the time
   * since the last trusted timestamp. The place is always after the last picture.
   */
  private long byArrival(long nanoTime, long utcNanos) {
    long waited = Ticks.convert(nanoTime - trustedNanoTime, Ticks.NANOS_PER_SECOND, clockRate);
    long due =
        arrival.isComparable() ? arrival.dueTicks(nanoTime, utcNanos) : trustedTicks + waited;
    return Math.max(highest + Math.max(1, clockRate / MAXIMUM_RATE), due);
  }

  private void begin(long ticks) {
    usualUnitTicks = lineUnits > 1 ? unitTicks() : usualUnitTicks;
    highest = ticks;
    lineStart = ticks;
    lineUnits = 0;
    trustedTicks = ticks;
    trustedNanoTime = highestNanoTime;
  }

  private long advance(long ticks, long nanoTime) {
    lineUnits++;
    if (ticks >= highest) {
      highest = ticks;
      highestNanoTime = nanoTime;
    }
    return ticks;
  }

  /**
   * Returns the mean distance between access units on this line, or on the previous line while this
   * one has few.
   */
  private long unitTicks() {
    boolean few = lineUnits <= (usualUnitTicks == 0 ? 1 : FEW_UNITS);
    long usual = usualUnitTicks == 0 ? clockRate / 25 : usualUnitTicks;
    return few ? usual : (highest - lineStart) / (lineUnits - 1);
  }
}
