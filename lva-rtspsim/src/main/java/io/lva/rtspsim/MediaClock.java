package io.lva.rtspsim;

import io.lva.media.Ticks;
import io.lva.spi.Clock;

/**
 * The time in the simulated world: the host's UTC, or a time that starts there and runs faster or
 * slower.
 *
 * <p>It advances evenly. After the host's clock has stepped, or the host has slept, it catches up
 * at the next {@link #followHost} and counts that in {@link #steps}.
 *
 * <p>Thread-safe.
 */
final class MediaClock {
  private static final long LARGEST_ERROR_NANOS = Ticks.NANOS_PER_SECOND;

  private final Clock clock;
  private final double speed;
  private volatile Anchor anchor;

  /**
   * A monotonic time of the host and the UTC of that moment; {@code steps} counts how often the
   * anchor changed.
   */
  private record Anchor(long nanos, long utcNanos, int steps) {}

  /** Creates a clock that runs {@code speed} times as fast as the host's. */
  MediaClock(Clock clock, double speed) {
    this.clock = clock;
    this.speed = speed;
    anchor = new Anchor(clock.nanoTime(), clock.utcNanos(), 0);
  }

  /** Returns UTC in nanoseconds since the Unix epoch. */
  long utcNanos() {
    Anchor current = anchor;
    long elapsed = clock.nanoTime() - current.nanos;
    return current.utcNanos + (speed == 1 ? elapsed : (long) (elapsed * speed));
  }

  /** Returns the monotonic time of the host in nanoseconds, to measure intervals. */
  long nanoTime() {
    return clock.nanoTime();
  }

  /** Returns how often the time has jumped. */
  int steps() {
    return anchor.steps;
  }

  /**
   * Jumps to the time of the host's clock if that is more than a second away; only done in real
   * time.
   */
  void followHost() {
    if (speed == 1 && Math.abs(clock.utcNanos() - utcNanos()) > LARGEST_ERROR_NANOS) {
      step();
    }
  }

  private synchronized void step() {
    if (Math.abs(clock.utcNanos() - utcNanos()) > LARGEST_ERROR_NANOS) {
      anchor = new Anchor(clock.nanoTime(), clock.utcNanos(), anchor.steps + 1);
    }
  }
}
