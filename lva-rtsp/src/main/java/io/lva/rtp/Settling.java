package io.lva.rtp;

/**
 * UTC minus media time, as arrivals show it from an instant on. It has settled when the smallest
 * value has not fallen for some time in which nothing came much later. A burst that stalls is still
 * a burst.
 *
 * <p>Confined to its media loop.
 */
final class Settling {
  /** A value that falls by more than this restarts the time to settle. */
  static final long TOLERANCE_NANOS = 20_000_000L;

  /**
   * A value that exceeds the one before by more than this restarts the time to settle, too: the
   * link stalled, and the pictures that have queued up arrive faster than they were taken.
   */
  private static final long STALL_NANOS = 250_000_000L;

  private final long settleNanos;
  private long smallest;
  private long largest;
  private long last;
  private long sinceNanoTime;
  private long sinceSmallest;
  private long sinceLargest;
  private boolean settled;

  /**
   * Begins with the first arrival.
   *
   * @param shown what it shows
   * @param nanoTime when it came
   * @param settleNanos for how long the smallest value must not fall
   */
  Settling(long shown, long nanoTime, long settleNanos) {
    this.settleNanos = settleNanos;
    smallest = shown;
    largest = shown;
    last = shown;
    restart(shown, nanoTime);
  }

  /**
   * Takes the next arrival.
   *
   * @param shown what it shows
   * @param inOrder whether no later picture came before it: reordered pictures come late by nature
   *     and say nothing about the delay
   * @param nanoTime when it came
   */
  void arrival(long shown, boolean inOrder, long nanoTime) {
    smallest = Math.min(smallest, shown);
    if (inOrder) {
      largest = Math.max(largest, shown);
      sinceLargest = Math.max(sinceLargest, shown);
    }
    if (shown < sinceSmallest - TOLERANCE_NANOS || (inOrder && shown > last + STALL_NANOS)) {
      restart(shown, nanoTime);
    }
    last = inOrder ? shown : last;
    settled = nanoTime - sinceNanoTime >= settleNanos;
  }

  /** Returns whether arrivals have kept pace long enough. */
  boolean isSettled() {
    return settled;
  }

  /** Returns the smallest value, which is the best. */
  long smallest() {
    return smallest;
  }

  /** Returns how far the smallest value may be off. */
  long errorNanos() {
    return settled ? sinceLargest - smallest + TOLERANCE_NANOS : largest - smallest;
  }

  private void restart(long shown, long nanoTime) {
    sinceSmallest = shown;
    sinceLargest = shown;
    sinceNanoTime = nanoTime;
  }
}
