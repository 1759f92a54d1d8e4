package io.lva.rtp;

/**
 * Compares the host's UTC with its monotonic clock, so that a step of UTC is noticed.
 *
 * <p>Small changes are followed at once. A larger one is not followed, and is confirmed as a step
 * once it has lasted.
 *
 * <p>Confined to its media loop.
 */
final class HostSteps {
  private final long stepNanos;
  private final long confirmNanos;
  private boolean started;
  private long difference;
  private boolean suspicious;
  private long candidate;
  private long since;
  private boolean confirmed;

  /**
   * Creates an instance without history.
   *
   * @param stepNanos larger changes are steps
   * @param confirmNanos how long a step must last
   */
  HostSteps(long stepNanos, long confirmNanos) {
    this.stepNanos = stepNanos;
    this.confirmNanos = confirmNanos;
  }

  /**
   * Takes a reading of both clocks.
   *
   * @param nanoTime monotonic time
   * @param utcNanos UTC of the host
   * @return UTC as if there had been no step since the start
   */
  long utcNanos(long nanoTime, long utcNanos) {
    long now = utcNanos - nanoTime;
    if (!started) {
      started = true;
      difference = now;
    }
    if (Math.abs(now - difference) <= stepNanos) {
      difference = now;
      suspicious = false;
    } else if (!suspicious || Math.abs(now - candidate) > stepNanos) {
      suspicious = true;
      candidate = now;
      since = nanoTime;
    }
    confirmed |= suspicious && nanoTime - since >= confirmNanos;
    return nanoTime + difference;
  }

  /**
   * Returns UTC without steps for a reading of both clocks, by what earlier readings showed; this
   * reading itself leaves no trace.
   */
  long peek(long nanoTime, long utcNanos) {
    return started ? nanoTime + difference : utcNanos;
  }

  /** Returns whether a step has lasted long enough. */
  boolean isConfirmed() {
    return confirmed;
  }

  /** Forgets the past: the next reading is accepted as it is. */
  void restart() {
    started = false;
    suspicious = false;
    confirmed = false;
  }
}
