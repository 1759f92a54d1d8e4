package io.lva.rtp;

/**
 * The smallest of the values of the last minute, in six steps of ten seconds.
 *
 * <p>Time without values does not count: after a stall the earlier values still count.
 *
 * <p>Confined to its media loop.
 */
final class MinimumWindow {
  private static final int STEPS = 6;
  private static final long STEP_NANOS = 10_000_000_000L;

  private final long[] minima = new long[STEPS];
  private int used;
  private int current;
  private long stepStart;
  private long value;

  /**
   * Adds a value.
   *
   * @param added the value
   * @param nanoTime monotonic time, not before that of the last value
   */
  void add(long added, long nanoTime) {
    if (used == 0) {
      used = 1;
      current = 0;
      stepStart = nanoTime;
      minima[0] = added;
    } else if (nanoTime - stepStart >= STEP_NANOS) {
      current = (current + 1) % STEPS;
      used = Math.min(STEPS, used + 1);
      stepStart = nanoTime;
      minima[current] = added;
    } else {
      minima[current] = Math.min(minima[current], added);
    }
    value = minima[0];
    for (int i = 1; i < used; i++) {
      value = Math.min(value, minima[i]);
    }
  }

  /** Returns whether nothing was added yet. */
  boolean isEmpty() {
    return used == 0;
  }

  /** Returns the smallest value. */
  long value() {
    return value;
  }

  /** Forgets all values. */
  void clear() {
    used = 0;
  }
}
