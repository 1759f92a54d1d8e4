package io.lva.asset.format;

import io.lva.media.Ticks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Converts between instants, nanoseconds since the Unix epoch and UTC days. Immutable. */
public final class Utc {
  private static final Instant FIRST = Instant.parse("1700-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2250-01-01T00:00:00Z");

  private Utc() {}

  /**
   * Limits an instant to the time that can be recorded, for queries about "everything".
   *
   * @param instant any instant
   * @return the nearest instant between the years 1700 and 2250
   */
  public static Instant bounded(Instant instant) {
    if (instant.isBefore(FIRST)) {
      return FIRST;
    }
    return instant.isAfter(LAST) ? LAST : instant;
  }

  /**
   * Converts an instant.
   *
   * @param instant between the years 1678 and 2262
   * @return nanoseconds since the Unix epoch
   * @throws ArithmeticException when it lies outside these years
   */
  public static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Ticks.NANOS_PER_SECOND), instant.getNano());
  }

  /**
   * Converts nanoseconds.
   *
   * @param nanos since the Unix epoch
   * @return the instant
   */
  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  /**
   * Converts ticks since the Unix epoch.
   *
   * @param ticks since the Unix epoch
   * @param timescale ticks per second, positive
   * @return the instant, rounded down to a whole nanosecond
   * @throws ArithmeticException when it lies outside the years 1678 to 2262
   */
  public static Instant instant(long ticks, int timescale) {
    return instant(Ticks.convert(ticks, timescale, Ticks.NANOS_PER_SECOND));
  }

  /**
   * Returns the day of an instant.
   *
   * @param instant any instant
   * @return its day in UTC
   */
  public static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
