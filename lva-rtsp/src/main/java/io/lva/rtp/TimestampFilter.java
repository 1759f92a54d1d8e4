package io.lva.rtp;

import io.lva.media.Ticks;

/**
 * Puts the RTP timestamps of access units on one line of ticks, and keeps jumps of the camera's
 * clock off it.
 *
 * <p>A timestamp is off the line when it is over a second behind, or over a second ahead of both
 * the last one and the time of arrival. Cameras send such ones for a single picture (Intelbras) or
 * for ever after a reset. The picture is kept and placed after the last one; when {@value
 * #CONFIRMATIONS} in a row agree with one another, the jump is confirmed and the line goes on with
 * the new timestamps. Everything on the line is exact: it differs from the RTP timestamps by a
 * constant between two confirmed jumps.
 *
 * <p>Confined to its media loop.
 */
final class TimestampFilter {
  /** Access units in a row on the same new line that confirm a jump. */
  static final int CONFIRMATIONS = 5;

  private static final int FORWARD_SECONDS_UNCHECKED = 10;

  /** Pictures per second at most, where arrival takes the place of a time that stands still. */
  private static final int MAXIMUM_RATE = 200;

  private final int clockRate;
  private final MediaArrival arrival;
  private final ReceiverCounters counters;
  private final RtpTimestampUnwrapper unwrapper = new RtpTimestampUnwrapper();

  private boolean started;
  private long shift;
  private long highest;
  private long highestNanoTime;
  private long lineStart;
  private long lineUnits;
  private int candidate;
  private int candidates;
  private boolean jumped;
  private boolean sourceChanged;
  private long lastTicks;
  private long lastStep;
  private int standing;

  TimestampFilter(int clockRate, MediaArrival arrival, ReceiverCounters counters) {
    this.clockRate = clockRate;
    this.arrival = arrival;
    this.counters = counters;
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
    long ticks = unwrapper.peek(timestamp) + shift;
    if (!started) {
      started = true;
      lastTicks = ticks;
      begin(ticks);
    } else if (sourceChanged) {
      return restart(timestamp, nanoTime);
    } else if (!isPlausible(ticks, nanoTime, utcNanos)) {
      return replace(timestamp, nanoTime);
    }
    unwrapper.unwrap(timestamp);
    candidates = 0;
    if (ticks == lastTicks && lineUnits > 0) {
      return spread(ticks, nanoTime);
    }
    standing = 0;
    lastStep = ticks > lastTicks ? ticks - lastTicks : lastStep;
    lastTicks = ticks;
    advance(ticks, nanoTime);
    return ticks;
  }

  /**
   * Takes the place of the next packets from a new source: its timestamps begin anywhere, and go on
   * where those of the old source ended, after the time that has passed.
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

  private boolean isPlausible(long ticks, long nanoTime, long utcNanos) {
    long step = ticks - highest;
    if (step < 0) {
      return -step <= Math.max(clockRate, 16 * unitTicks());
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
   * Places a picture with the time of the last one. One of them lies half a step after the last; a
   * time that stands still any longer gives way to the time of arrival.
   */
  private long spread(long ticks, long nanoTime) {
    counters.deviation(
        standing == 0 ? "two pictures with one RTP timestamp" : "RTP timestamps stand still");
    long step = Math.max(1, (lastStep > 0 ? lastStep : clockRate / 25) / 2);
    if (++standing == 1) {
      advance(ticks + step, nanoTime);
      return ticks + step;
    }
    long waited = Ticks.convert(nanoTime - highestNanoTime, Ticks.NANOS_PER_SECOND, clockRate);
    long placed = highest + Math.max(Math.max(1, clockRate / MAXIMUM_RATE), waited);
    shift += placed - ticks;
    lastTicks = placed;
    advance(placed, nanoTime);
    return placed;
  }

  private long replace(int timestamp, long nanoTime) {
    counters.filteredTimestamps++;
    counters.deviation("RTP timestamps jump");
    long apart = Math.abs((long) (timestamp - candidate));
    boolean agrees = candidates > 0 && apart <= Math.max(clockRate, 4 * unitTicks());
    candidates = agrees ? candidates + 1 : 1;
    candidate = timestamp;
    long ticks = highest + Math.max(1, unitTicks());
    if (candidates >= CONFIRMATIONS) {
      candidates = 0;
      jumped = true;
      unwrapper.reset();
      shift = ticks - unwrapper.unwrap(timestamp);
      lastTicks = ticks;
      advance(ticks, nanoTime);
      begin(ticks);
    } else {
      advance(ticks, nanoTime);
    }
    return ticks;
  }

  private long restart(int timestamp, long nanoTime) {
    sourceChanged = false;
    long waited = Ticks.convert(nanoTime - highestNanoTime, Ticks.NANOS_PER_SECOND, clockRate);
    long ticks = highest + Math.max(Math.max(1, unitTicks()), waited);
    unwrapper.reset();
    shift = ticks - unwrapper.unwrap(timestamp);
    candidates = 0;
    standing = 0;
    lastTicks = ticks;
    advance(ticks, nanoTime);
    begin(ticks);
    return ticks;
  }

  private void begin(long ticks) {
    highest = ticks;
    lineStart = ticks;
    lineUnits = 0;
  }

  private void advance(long ticks, long nanoTime) {
    lineUnits++;
    if (ticks >= highest) {
      highest = ticks;
      highestNanoTime = nanoTime;
    }
  }

  /** Returns the mean distance of access units so far. */
  private long unitTicks() {
    return lineUnits > 1 ? (highest - lineStart) / (lineUnits - 1) : clockRate / 25;
  }
}
