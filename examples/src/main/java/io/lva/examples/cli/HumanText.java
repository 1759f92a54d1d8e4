package io.lva.examples.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times, durations, numbers and names as people read them. */
final class HumanText {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private HumanText() {}

  /** Returns a time in UTC to the millisecond, such as {@code 2026-11-22T10:00:00.000Z}. */
  static String of(Instant time) {
    return MILLISECONDS.format(time);
  }

  /**
   * Returns a duration, rounded to the nearest second: {@code 2:05:09} or {@code 7 d 0:00:00}. A
   * duration shorter than a second is rounded to the nearest millisecond: {@code 40 ms}.
   */
  static String of(Duration duration) {
    long millis = rounded(duration, ChronoUnit.MILLIS);
    if (millis > 0 && millis < 1000) {
      return millis + " ms";
    }
    Duration whole = Duration.ofSeconds(rounded(duration, ChronoUnit.SECONDS));
    String days = whole.toDays() == 0 ? "" : whole.toDays() + " d ";
    return String.format(
        Locale.ROOT,
        "%s%d:%02d:%02d",
        days,
        whole.toHoursPart(),
        whole.toMinutesPart(),
        whole.toSecondsPart());
  }

  private static long rounded(Duration duration, ChronoUnit unit) {
    return duration.plus(unit.getDuration().dividedBy(2)).dividedBy(unit.getDuration());
  }

  /** Returns a number with its noun, such as {@code 1 gap} or {@code 2 gaps}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns a name with question marks for control characters, which would break a listing. */
  static String of(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
