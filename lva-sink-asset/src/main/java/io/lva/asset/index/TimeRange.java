package io.lva.asset.index;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time. Immutable.
 *
 * @param start the first instant in it
 * @param end the first instant after it
 */
public record TimeRange(Instant start, Instant end) {
  /**
   * Checks the order.
   *
   * @param start the first instant in it
   * @param end not before the start
   * @throws IllegalArgumentException when the end lies before the start
   */
  public TimeRange {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("from " + start + " back to " + end);
    }
  }

  /**
   * Creates a range.
   *
   * @param startNanos nanoseconds since the Unix epoch
   * @param endNanos nanoseconds since the Unix epoch, not before the start
   * @return the range
   * @throws IllegalArgumentException when the end lies before the start
   */
  public static TimeRange ofNanos(long startNanos, long endNanos) {
    return new TimeRange(Instant.ofEpochSecond(0, startNanos), Instant.ofEpochSecond(0, endNanos));
  }

  /**
   * Returns the start, inclusive.
   *
   * @return nanoseconds since the Unix epoch
   * @throws ArithmeticException when it lies outside the years 1678 to 2262
   */
  public long startNanos() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, start);
  }

  /**
   * Returns the end, exclusive.
   *
   * @return nanoseconds since the Unix epoch
   * @throws ArithmeticException when it lies outside the years 1678 to 2262
   */
  public long endNanos() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, end);
  }
}
