package io.lva.asset.record;

import io.lva.media.Ticks;

/**
 * Detects steps of a clock. There is a step when written time has been more than 1 s off UTC for 5
 * s.
 *
 * <p>Confined to its media loop.
 */
final class StepDetector {
  static final long STEP_NANOS = Ticks.NANOS_PER_SECOND;
  static final long CONFIRMATION_NANOS = 5 * Ticks.NANOS_PER_SECOND;

  private boolean suspected;
  private long sinceNanos;

  /**
   * Takes the error of a sample.
   *
   * @param errorNanos UTC minus written time
   * @param writtenNanos its written time
   * @return true when the step is confirmed
   */
  boolean isStep(long errorNanos, long writtenNanos) {
    if (Math.abs(errorNanos) <= STEP_NANOS) {
      suspected = false;
      return false;
    }
    if (!suspected) {
      suspected = true;
      sinceNanos = writtenNanos;
    }
    return writtenNanos - sinceNanos >= CONFIRMATION_NANOS;
  }

  /** Forgets earlier samples, at the start of a run. */
  void reset() {
    suspected = false;
  }
}
