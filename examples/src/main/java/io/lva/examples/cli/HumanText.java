package io.lva.examples.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, durations and names as people read them. */
final class HumanText {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private HumanText() {}

  /** Returns a time in UTC to the millisecond, such as {@code 2026-11-22T10:00:00.000Z}. */
  static String of(Instant time) {
    return MILLISECONDS.format(time);
  }

  /** Returns a duration to the second, such as {@code 2:05:09} or {@code 7 d 0:00:00}. */
  static String of(Duration duration) {
    String days = duration.toDays() == 0 ? "" : duration.toDays() + " d ";
    return String.format(
        Locale.ROOT,
        "%s%d:%02d:%02d",
        days,
        duration.toHoursPart(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  /** Returns a name with question marks for control characters, which would break a listing. */
  static String of(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
