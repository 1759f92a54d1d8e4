package io.lva.rtspsim;

import io.lva.spi.Clock;

/**
 * The time in the simulated world: the host's UTC, or one that runs faster from the start on.
 *
 * <p>Thread-safe.
 */
final class MediaClock {
  private final Clock clock;
  private final double speed;
  private final long startNanos;
  private final long startUtcNanos;

  /** A clock that runs {@code speed} times as fast as the host's. */
  MediaClock(Clock clock, double speed) {
    this.clock = clock;
    this.speed = speed;
    startNanos = clock.nanoTime();
    startUtcNanos = clock.utcNanos();
  }

  /** Returns UTC in nanoseconds since the Unix epoch; never goes back. */
  long utcNanos() {
    long elapsed = clock.nanoTime() - startNanos;
    return startUtcNanos + (speed == 1 ? elapsed : (long) (elapsed * speed));
  }

  /** Returns nanoseconds of the host, for intervals. */
  long nanoTime() {
    return clock.nanoTime();
  }
}
