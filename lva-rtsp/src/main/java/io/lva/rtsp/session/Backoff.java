package io.lva.rtsp.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt. The delay grows by a quarter each time, up to a
 * maximum, and is shortened at random by up to a quarter, so that cameras behind one switch are not
 * all tried at once. A camera that comes back is therefore found after at most about a quarter of
 * the time that it was away.
 *
 * <p>Confined to its media loop.
 */
final class Backoff {
  private final Duration minimum;
  private final Duration maximum;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration minimum, Duration maximum, RandomGenerator random) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.random = random;
    this.next = minimum;
  }

  /** Starts over with the minimum. */
  void reset() {
    next = minimum;
  }

  Duration next() {
    Duration delay = next;
    Duration longer = next.plus(next.dividedBy(4));
    next = longer.compareTo(maximum) >= 0 ? maximum : longer;
    return shortened(delay);
  }

  /**
   * Returns the longest delay, which is used after credentials were refused: cameras lock an
   * account when wrong credentials are repeated too soon.
   */
  Duration longest() {
    return shortened(maximum);
  }

  private Duration shortened(Duration delay) {
    return delay.minusNanos(random.nextLong(delay.toNanos() / 4 + 1));
  }
}
