package io.lva.rtp;

import io.lva.media.Ticks;

/**
 * Holds the media time of a camera against the time of arrival, and corrects it while the camera's
 * clock is wrong.
 *
 * <p>Each arrival shows an <em>error</em>: how much later media came than its time says, over the
 * delay that is usual. Delays come and go, so of every half second the smallest error counts, and
 * these are judged by their trend:
 *
 * <ul>
 *   <li>media that arrives before it can exist shows a clock that runs fast or has stepped: two
 *       seconds prove it;
 *   <li>an error that grows steadily for six seconds, or for two minutes when it grows slowly,
 *       shows a clock that runs slow; one that stays large and still for ten seconds shows a step.
 * </ul>
 *
 * <p>Then media time is scaled from there on by the rate that was measured, and for some seconds by
 * a little more or less, until the error is gone. So time goes on without a hole and without a step
 * back. Media that is too far ahead to be waited for takes a step instead, which the caller makes.
 * Congestion is not steady for so long: it shows stalls and bursts, and is left alone.
 *
 * <p>Confined to its media loop.
 */
final class Pace {
  private static final long BUCKET_NANOS = 500_000_000L;
  private static final int LONG_BUCKETS = 240;
  private static final int SLOW_BUCKETS = 12;
  private static final int STEP_BUCKETS = 20;
  private static final int FAST_BUCKETS = 4;
  private static final long FAST_NANOS = -100_000_000L;
  private static final long FAR_NANOS = 400_000_000L;
  private static final long SLOW_NANOS = 150_000_000L;
  private static final long STEP_NANOS = 250_000_000L;
  private static final long STILL_NANOS = 20_000_000L;
  private static final long STRAIGHT_NANOS = 10_000_000L;
  private static final long CONVERGE_NANOS = 2_000_000_000L;

  /** Media that is further ahead is not right again in good time without a step. */
  private static final long FARTHEST_NANOS = 4_000_000_000L;

  private static final long UNIT = 100_000_000L;
  private static final long MAXIMUM_RATE = 64 * UNIT;
  private static final long MINIMUM_RATE = UNIT / 64;
  private static final double LARGEST_SLOPE = 0.98;

  private final ErrorTrend trend = new ErrorTrend(LONG_BUCKETS);
  private boolean corrected;
  private boolean corrects;
  private long rate = UNIT;
  private long steadyRate = UNIT;
  private long anchorIn;
  private long anchorOut;
  private long lastIn;
  private long convergedNanoTime;
  private long convergeNanos;
  private long errorNanos;
  private boolean stepDue;
  private long bucketStart = Long.MIN_VALUE;
  private long bucketError;

  /** Places media time on the corrected line. */
  long apply(long ticks) {
    return corrected ? anchorOut + Ticks.convert(ticks - anchorIn, UNIT, rate) : ticks;
  }

  /** Returns whether media time is being brought back: arrivals show nothing meanwhile. */
  boolean isConverging() {
    return corrects;
  }

  /** Returns how far media time is still off while it is brought back; 0 at other times. */
  long remainingNanos(long nanoTime) {
    return corrects
        ? (long) ((double) errorNanos * (convergedNanoTime - nanoTime) / convergeNanos)
        : 0;
  }

  /** Returns whether media time must take a step, once for each. */
  boolean takeStep() {
    boolean result = stepDue;
    stepDue = false;
    return result;
  }

  /** Returns the steady correction in parts per million; 0 for a clock that is right. */
  long correctionPpm() {
    return (steadyRate - UNIT) / (UNIT / 1_000_000);
  }

  /**
   * Takes one arrival.
   *
   * @param ticks its media time, not corrected
   * @param error how much later it came than its corrected time says, in nanoseconds
   * @param nanoTime when it came, monotonic time
   * @return true when a correction begins
   */
  boolean observe(long ticks, long error, long nanoTime) {
    lastIn = ticks;
    if (corrects) {
      if (nanoTime >= convergedNanoTime) {
        turn(steadyRate);
        corrects = false;
      }
      return false;
    }
    if (bucketStart == Long.MIN_VALUE) {
      bucketStart = nanoTime;
      bucketError = error;
      return false;
    }
    if (nanoTime - bucketStart < BUCKET_NANOS) {
      bucketError = Math.min(bucketError, error);
      return false;
    }
    trend.add(bucketError, bucketStart);
    bucketStart = nanoTime;
    bucketError = error;
    return judge(nanoTime);
  }

  private boolean judge(long nanoTime) {
    if (isFast() || isSlow()) {
      correct(nanoTime);
      return true;
    }
    return false;
  }

  private boolean isFast() {
    return trend.select(FAST_BUCKETS)
        && trend.largest() < FAST_NANOS
        && (trend.isSteady(STILL_NANOS) || trend.hasLasted(FAST_NANOS, 2 * FAST_BUCKETS));
  }

  private boolean isSlow() {
    if (trend.select(SLOW_BUCKETS)
        && trend.rise() >= SLOW_NANOS
        && trend.isSteady(STRAIGHT_NANOS)) {
      return true;
    }
    if (trend.select(STEP_BUCKETS)
        && trend.smallest() >= STEP_NANOS
        && trend.isSteady(STILL_NANOS)) {
      return true;
    }
    return trend.select(LONG_BUCKETS) && trend.rise() >= SLOW_NANOS && trend.isSteady(STILL_NANOS);
  }

  private void correct(long nanoTime) {
    boolean steady = trend.isSteady(STILL_NANOS);
    if (steady && Math.abs(trend.rise()) >= FAR_NANOS) {
      // The first values may be of the time before the fault.
      trend.select(FAST_BUCKETS);
    }
    double slope = steady ? Math.min(LARGEST_SLOPE, trend.slope()) : 0;
    // An error that grows was smallest at the beginning of its half second.
    long grown = Math.max(0, Math.round(slope * (nanoTime - trend.lastNanoTime())));
    long error = trend.last() + grown;
    steadyRate = bounded(Math.round(steadyRate / (1 - slope)));
    trend.clear();
    bucketStart = Long.MIN_VALUE;
    if (error < -FARTHEST_NANOS) {
      turn(steadyRate);
      stepDue = true;
      return;
    }
    convergeNanos = error > 0 ? CONVERGE_NANOS : Math.max(CONVERGE_NANOS, -error * 5 / 4);
    turn(bounded(Math.round(steadyRate * (1 + (double) error / convergeNanos))));
    corrects = true;
    errorNanos = Math.abs(error);
    convergedNanoTime = nanoTime + convergeNanos;
  }

  private void turn(long newRate) {
    long out = apply(lastIn);
    corrected = true;
    anchorIn = lastIn;
    anchorOut = out;
    rate = newRate;
  }

  private static long bounded(long value) {
    return Math.max(MINIMUM_RATE, Math.min(MAXIMUM_RATE, value));
  }
}
