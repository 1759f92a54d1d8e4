package io.lva.rtp;

/**
 * Judges from the errors of arrivals whether a camera's clock is wrong, and by how much.
 *
 * <p>Delays come and go, so only the smallest error of every half second counts. These errors are
 * judged by their trend:
 *
 * <ul>
 *   <li>media that arrives before it can exist shows a clock that runs fast or has stepped: two
 *       seconds prove it when the error is steady, and four in any case;
 *   <li>an error that grows steadily shows a clock that runs slow: after six seconds, or four when
 *       it grows fast, or up to two minutes when it grows slowly; an error that stays large and
 *       constant for ten seconds, or six when it is very large, shows a step.
 * </ul>
 *
 * <p>Congestion is not steady for so long: it shows stalls and bursts, and is left alone.
 *
 * <p>Confined to its media loop.
 */
final class ClockJudge {
  private static final long BUCKET_NANOS = 500_000_000L;
  private static final int LONG_BUCKETS = 240;
  private static final int MEDIUM_BUCKETS = 40;
  private static final int SLOW_BUCKETS = 12;
  private static final int VERY_SLOW_BUCKETS = 8;
  private static final int STEP_BUCKETS = 20;
  private static final int FAR_STEP_BUCKETS = 12;
  private static final int FAST_BUCKETS = 4;
  private static final long FAST_NANOS = -100_000_000L;
  private static final long FAR_NANOS = 400_000_000L;
  private static final long SLOW_NANOS = 150_000_000L;
  private static final long VERY_SLOW_NANOS = 2_100_000_000L;
  private static final long STEP_NANOS = 250_000_000L;
  private static final long FAR_STEP_NANOS = 900_000_000L;
  private static final long STILL_NANOS = 20_000_000L;
  private static final long STRAIGHT_NANOS = 10_000_000L;
  private static final long LEAST_RISE_NANOS = 40_000_000L;
  private static final double LARGEST_SLOPE = 0.98;
  private static final double LEAST_NOMINAL_SLOPE = 0.3;

  private final ErrorTrend trend = new ErrorTrend(LONG_BUCKETS);
  private long bucketStart = Long.MIN_VALUE;
  private long smallest;
  private long smallestNanoTime;

  /**
   * What the errors show.
   *
   * @param slope by how much the error grows per unit of time; below 1
   * @param error the error at the time of the verdict, in nanoseconds
   */
  record Verdict(double slope, long error) {}

  /**
   * Takes the error of one arrival.
   *
   * @param error how much later it came than its time says, in nanoseconds
   * @param nominalSlope how much the error grows per unit of time when the clock has its nominal
   *     rate
   * @param nanoTime when it came, monotonic time
   * @return whether the clock is wrong, which is judged every half second; false for arrivals in
   *     between
   */
  boolean isWrong(long error, double nominalSlope, long nanoTime) {
    long buckets = bucketStart == Long.MIN_VALUE ? 0 : (nanoTime - bucketStart) / BUCKET_NANOS;
    if (bucketStart != Long.MIN_VALUE && buckets == 0) {
      if (error < smallest) {
        smallest = error;
        smallestNanoTime = nanoTime;
      }
      return false;
    }
    boolean complete = bucketStart != Long.MIN_VALUE;
    if (complete) {
      trend.add(smallest, smallestNanoTime);
    }
    bucketStart = complete ? bucketStart + buckets * BUCKET_NANOS : nanoTime;
    smallest = error;
    smallestNanoTime = nanoTime;
    return complete && (isFast() || isSlow() || isNominal(nominalSlope));
  }

  /**
   * Returns what the errors show, after {@link #isWrong} found the clock wrong, and forgets them.
   *
   * @param nanoTime the present monotonic time
   */
  Verdict verdict(long nanoTime) {
    boolean steady = trend.isSteady(STILL_NANOS);
    if (steady && Math.abs(trend.rise()) >= FAR_NANOS) {
      // The first values may be of the time before the fault.
      trend.select(FAST_BUCKETS);
    } else if (steady) {
      trend.extend(STRAIGHT_NANOS);
    }
    boolean changes = steady && Math.abs(trend.rise()) >= LEAST_RISE_NANOS;
    double slope = changes ? Math.min(LARGEST_SLOPE, trend.slope()) : 0;
    long grown = Math.round(slope * (nanoTime - trend.lastNanoTime()));
    Verdict result = new Verdict(slope, trend.last() + grown);
    restart();
    return result;
  }

  /** Forgets all errors. */
  void restart() {
    trend.clear();
    bucketStart = Long.MIN_VALUE;
  }

  private boolean isFast() {
    return trend.select(FAST_BUCKETS)
        && trend.largest() < FAST_NANOS
        && (trend.isSteady(STILL_NANOS) || trend.hasLasted(FAST_NANOS, 2 * FAST_BUCKETS));
  }

  /**
   * Returns whether the clock turns out to have its nominal rate: what was taken for a fast clock
   * was a backlog, which is over.
   */
  private boolean isNominal(double nominalSlope) {
    return nominalSlope >= LEAST_NOMINAL_SLOPE
        && trend.select(FAST_BUCKETS)
        && trend.isSteady(STRAIGHT_NANOS)
        && Pace.agree(trend.slope(), nominalSlope);
  }

  private boolean isSlow() {
    return grows(VERY_SLOW_BUCKETS, VERY_SLOW_NANOS, STRAIGHT_NANOS)
        || grows(SLOW_BUCKETS, SLOW_NANOS, STRAIGHT_NANOS)
        || grows(STEP_BUCKETS, SLOW_NANOS, STRAIGHT_NANOS)
        || grows(MEDIUM_BUCKETS, SLOW_NANOS, STRAIGHT_NANOS)
        || hasStepped(FAR_STEP_BUCKETS, FAR_STEP_NANOS)
        || hasStepped(STEP_BUCKETS, STEP_NANOS)
        || grows(LONG_BUCKETS, SLOW_NANOS, STILL_NANOS);
  }

  private boolean grows(int buckets, long by, long tolerance) {
    return trend.select(buckets) && trend.rise() >= by && trend.isSteady(tolerance);
  }

  /**
   * Returns whether the error is large and constant. An error that becomes smaller is congestion
   * that clears.
   */
  private boolean hasStepped(int buckets, long by) {
    return trend.select(buckets)
        && trend.smallest() >= by
        && trend.rise() > -by / 4
        && trend.isSteady(STILL_NANOS);
  }
}
