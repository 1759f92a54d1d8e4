package io.lva.rtp;

/**
 * The latest errors of a clock, and the trend of a chosen number of them.
 *
 * <p>Confined to its media loop.
 */
final class ErrorTrend {
  /** Values farther apart than this do not belong to one trend: nothing came in between. */
  private static final long STALL_NANOS = 2_500_000_000L;

  private static final double SHARE_OF_RISE = 0.03;

  private final long[] errors;
  private final long[] times;
  private int next;
  private int count;
  private int selected;

  ErrorTrend(int capacity) {
    errors = new long[capacity];
    times = new long[capacity];
  }

  /** Adds a value; after a stall the trend starts over. */
  void add(long error, long nanoTime) {
    if (count > 0 && nanoTime - time(0) > STALL_NANOS) {
      clear();
    }
    errors[next] = error;
    times[next] = nanoTime;
    next = (next + 1) % errors.length;
    count = Math.min(count + 1, errors.length);
  }

  void clear() {
    count = 0;
  }

  /**
   * Chooses how many of the last values the other methods look at; returns false when there are too
   * few.
   */
  boolean select(int values) {
    selected = values;
    return count >= values;
  }

  /** Chooses earlier values too, as long as all lie on a straight line within a tolerance. */
  void extend(long tolerance) {
    while (selected < count) {
      selected++;
      if (!isSteady(tolerance)) {
        selected--;
        return;
      }
    }
  }

  long last() {
    return error(0);
  }

  /** Returns the time of the value that was added last. */
  long lastNanoTime() {
    return time(0);
  }

  long rise() {
    return error(0) - error(selected - 1);
  }

  long largest() {
    long result = Long.MIN_VALUE;
    for (int i = 0; i < selected; i++) {
      result = Math.max(result, error(i));
    }
    return result;
  }

  long smallest() {
    long result = Long.MAX_VALUE;
    for (int i = 0; i < selected; i++) {
      result = Math.min(result, error(i));
    }
    return result;
  }

  /** Returns how much the error changes per unit of time. */
  double slope() {
    double meanTime = 0;
    double meanError = 0;
    for (int i = 0; i < selected; i++) {
      meanTime += (double) (time(i) - time(0)) / selected;
      meanError += (double) (error(i) - error(0)) / selected;
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < selected; i++) {
      double t = time(i) - time(0) - meanTime;
      products += t * (error(i) - error(0) - meanError);
      squares += t * t;
    }
    return squares == 0 ? 0 : products / squares;
  }

  /**
   * Returns whether the chosen values lie on a straight line, give or take the tolerance and three
   * hundredths of their rise.
   */
  boolean isSteady(long tolerance) {
    double slope = slope();
    double mean = 0;
    for (int i = 0; i < selected; i++) {
      mean += (error(i) - error(0) - slope * (time(i) - time(0))) / selected;
    }
    double allowed = tolerance + SHARE_OF_RISE * Math.abs(rise());
    for (int i = 0; i < selected; i++) {
      double off = error(i) - error(0) - slope * (time(i) - time(0)) - mean;
      if (Math.abs(off) > allowed) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the given number of latest values are all below a bound. */
  boolean hasLasted(long bound, int values) {
    if (count < values) {
      return false;
    }
    for (int i = 0; i < values; i++) {
      if (error(i) >= bound) {
        return false;
      }
    }
    return true;
  }

  private long error(int back) {
    return errors[Math.floorMod(next - 1 - back, errors.length)];
  }

  private long time(int back) {
    return times[Math.floorMod(next - 1 - back, times.length)];
  }
}
