package io.lva.examples.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times and durations as people write them on a command line. */
final class TimeText {
  /** What a message proposes in place of text that is not a time. */
  static final String EXAMPLES =
      "expected for example 2026-11-22T10:00:00Z, or 2026-11-22T10:00 in the time of this machine";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private TimeText() {}

  /**
   * Reads an instant.
   *
   * @param option names the option in a message
   * @param text ISO 8601 with {@code Z} or an offset; without either, the time is in the zone. The
   *     seconds, or the whole time of day, may be left out
   * @param zone the zone of a time without an offset
   * @throws CommandFailure when the text is not a time
   */
  static Instant instant(String option, String text, ZoneId zone) {
    String normal = text.strip().replace(' ', 'T').toUpperCase(Locale.ROOT);
    try {
      if (!normal.contains("T")) {
        return LocalDate.parse(normal).atStartOfDay(zone).toInstant();
      }
      boolean hasOffset = normal.matches(".*T.*(Z|[+-][0-9:]+)");
      return hasOffset
          ? OffsetDateTime.parse(normal).toInstant()
          : LocalDateTime.parse(normal).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new CommandFailure(option + " '" + text + "' is not a time: " + EXAMPLES, e);
    }
  }

  /**
   * Reads a duration.
   *
   * @param option names the option in a message
   * @param text such as {@code 90s}, {@code 5m}, {@code 2h} or {@code 1d}
   * @throws CommandFailure when the text is not a duration, or the duration is zero
   */
  static Duration duration(String option, String text) {
    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    Optional<Duration> duration =
        matcher.matches()
            ? Optional.ofNullable(UNITS.get(matcher.group(2)))
                .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
            : Optional.empty();
    return duration
        .filter(length -> !length.isZero())
        .orElseThrow(
            () ->
                new CommandFailure(
                    option + " '" + text + "' is not a duration: expected 90s, 5m, 2h or 1d"));
  }
}
