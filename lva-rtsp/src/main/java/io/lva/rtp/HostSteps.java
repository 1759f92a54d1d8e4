package io.lva.rtp;

/**
 * Compares the host's UTC with its monotonic clock, so that a step of UTC is noticed.
 *
 * <p>Small changes are followed at once. A larger one is kept out until it has lasted.
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
   * @return UTC as if no step had been since the start
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

  /** Returns what {@link #utcNanos} would return, without taking the reading. */
  long peek(long nanoTime, long utcNanos) {
    return started ? nanoTime + difference : utcNanos;
  }

  /** Returns whether a step has lasted long enough. */
  boolean isConfirmed() {
    return confirmed;
  }

  /** Accepts the clock as it is now. */
  void restart() {
    started = false;
    suspicious = false;
    confirmed = false;
  }
}
