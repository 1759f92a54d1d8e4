package io.lva.rtp;

/**
 * What arrivals show as UTC less media time until the origin is fixed: it has settled when the
 * smallest value has not fallen for half a second in which nothing came much later. A burst that
 * stalls is still a burst.
 *
 * <p>Confined to its media loop.
 */
final class Settling {
  /** A smaller value than this restarts the half second. */
  static final long TOLERANCE_NANOS = 20_000_000L;

  private static final long SETTLE_NANOS = 500_000_000L;

  /** So does one that came so much later than the one before: what waits after it comes faster. */
  private static final long STALL_NANOS = 250_000_000L;

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
   */
  Settling(long shown, long nanoTime) {
    smallest = shown;
    largest = shown;
    last = shown;
    restart(shown, nanoTime);
  }

  /**
   * Takes the next arrival.
   *
   * @param shown what it shows
   * @param inOrder whether no later picture came before it: reordered ones come late by nature and
   *     say nothing about the delay
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
    settled = nanoTime - sinceNanoTime >= SETTLE_NANOS;
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
