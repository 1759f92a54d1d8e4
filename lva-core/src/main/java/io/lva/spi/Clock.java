package io.lva.spi;

/**
 * Tells the time. Everything in this library reads the time from a clock, so that tests can make
 * weeks pass in seconds.
 *
 * <p>Thread-safe.
 */
public interface Clock {
  /**
   * Returns a time that never goes back, for measuring how long something takes.
   *
   * @return nanoseconds since an arbitrary instant
   */
  long nanoTime();

  /**
   * Returns the time of day of this host, which may step.
   *
   * @return UTC in nanoseconds since the Unix epoch
   */
  long utcNanos();

  /**
   * Returns the clock of the machine.
   *
   * @return a clock that reads {@link System#nanoTime} and the host's UTC, to the microsecond or
   *     better
   */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
