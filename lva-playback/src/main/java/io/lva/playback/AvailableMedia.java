package io.lva.playback;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.index.TimeRange;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.address.RequestTime;
import io.lva.playback.http.Request;
import io.lva.playback.window.PlayableAsset;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Answers which media is recorded, by year, month, day or to the millisecond, in Media Services'
 * form: adjacent units with any media are one range; both ends are inclusive. The calendar is in
 * UTC unless {@code timeZone}, a parameter of our own, names another zone, such as {@code
 * Europe/Berlin}.
 */
final class AvailableMedia {
  private static final Duration LONGEST_FULL = Duration.ofHours(25);
  private static final int LATEST_YEAR = 9999;

  private AvailableMedia() {}

  /** A unit of the calendar. */
  private enum Unit {
    YEAR("YYYY", "uuuu", Integer.MAX_VALUE, ChronoUnit.YEARS),
    MONTH("YYYY-MM", "uuuu-MM", 12, ChronoUnit.MONTHS),
    DAY("YYYY-MM-DD", "uuuu-MM-dd", 31, ChronoUnit.DAYS);

    private final String form;
    private final DateTimeFormatter format;
    private final int longest;
    private final ChronoUnit step;

    Unit(String form, String pattern, int longest, ChronoUnit step) {
      this.form = form;
      this.format =
          DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
      this.longest = longest;
      this.step = step;
    }

    LocalDate parse(String name, String text) {
      try {
        LocalDate date =
            switch (this) {
              case YEAR -> Year.parse(text, format).atDay(1);
              case MONTH -> YearMonth.parse(text, format).atDay(1);
              case DAY -> LocalDate.parse(text, format);
            };
        if (date.getYear() >= 1 && date.getYear() <= LATEST_YEAR) {
          return date;
        }
      } catch (DateTimeException e) {
        throw PlaybackException.badRequest(name + " must have the form " + form);
      }
      throw PlaybackException.badRequest(name + " is not a year of four digits");
    }

    LocalDate of(Instant instant, ZoneId zone) {
      LocalDate date = LocalDate.ofInstant(instant, zone);
      return switch (this) {
        case YEAR -> date.withDayOfYear(1);
        case MONTH -> date.withDayOfMonth(1);
        case DAY -> date;
      };
    }

    LocalDate next(LocalDate date) {
      return date.plus(1, step);
    }
  }

  /**
   * Answers a request.
   *
   * @throws PlaybackException with status 400 when the precision, a time or the time zone is wrong,
   *     a required parameter is missing, or the span is empty or too long
   */
  static ObjectNode answer(Request request, PlayableAsset asset) throws IOException {
    PresentMedia media = new PresentMedia(asset.reader(), asset.view());
    String precision =
        request
            .parameter("precision")
            .orElseThrow(
                () ->
                    PlaybackException.badRequest("precision is missing: year, month, day or full"));
    return switch (precision.toLowerCase(Locale.ROOT)) {
      case "year" -> units(Unit.YEAR, request, media);
      case "month" -> units(Unit.MONTH, request, media);
      case "day" -> units(Unit.DAY, request, media);
      case "full" -> full(request, media);
      default -> throw PlaybackException.badRequest("precision must be year, month, day or full");
    };
  }

  private static ObjectNode full(Request request, PresentMedia media) throws IOException {
    Instant start = RequestTime.parse("startTime", required(request, "startTime"));
    Instant end = RequestTime.parse("endTime", required(request, "endTime"));
    checkSpan(start, end);
    ObjectNode answer = JsonAnswers.object();
    ArrayNode list = answer.putArray("timeRanges");
    for (TimeRange range : media.ranges(start, end)) {
      add(list, JsonAnswers.millis(range.start()), JsonAnswers.millis(range.end()));
    }
    return answer;
  }

  /** Checks the span of a request with the precision {@code full}. */
  static void checkSpan(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw PlaybackException.badRequest("startTime must be before endTime");
    }
    if (Duration.between(start, end).compareTo(LONGEST_FULL) > 0) {
      throw PlaybackException.badRequest("the span is longer than 25 hours, the maximum");
    }
  }

  static String required(Request request, String name) {
    return request
        .parameter(name.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> PlaybackException.badRequest(name + " is missing"));
  }

  private static ObjectNode units(Unit unit, Request request, PresentMedia media)
      throws IOException {
    Optional<TimeRange> span = media.reader().span();
    ObjectNode answer = JsonAnswers.object();
    ArrayNode list = answer.putArray("timeRanges");
    Optional<LocalDate> first = bound(unit, request, "startTime");
    Optional<LocalDate> last = bound(unit, request, "endTime");
    ZoneId zone = zone(request);
    first.ifPresent(from -> last.ifPresent(to -> checkUnits(unit, from, to)));
    if (span.isEmpty()) {
      return answer;
    }
    LocalDate from = first.orElse(unit.of(span.get().start(), zone));
    LocalDate to = last.orElse(unit.of(span.get().end(), zone));
    Instant start = latest(start(from, zone), span.get().start());
    Instant end = earliest(start(unit.next(to), zone), span.get().end());
    if (start.isBefore(end)) {
      merge(unit, unitsWithMedia(unit, zone, media, start, end), list);
    }
    return answer;
  }

  private static Optional<LocalDate> bound(Unit unit, Request request, String name) {
    Optional<String> text =
        unit == Unit.YEAR
            ? request.parameter(name.toLowerCase(Locale.ROOT))
            : Optional.of(required(request, name));
    return text.map(given -> unit.parse(name, given));
  }

  private static ZoneId zone(Request request) {
    Optional<String> name = request.parameter("timezone");
    try {
      return name.map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw PlaybackException.badRequest("timeZone must be a zone such as Europe/Berlin");
    }
  }

  private static void checkUnits(Unit unit, LocalDate from, LocalDate to) {
    if (from.isAfter(to)) {
      throw PlaybackException.badRequest("startTime must not be after endTime");
    }
    if (unit.step.between(from, to) >= unit.longest) {
      throw PlaybackException.badRequest(
          "the span is longer than "
              + unit.longest
              + " "
              + unit.step.toString().toLowerCase(Locale.ROOT)
              + ", the maximum");
    }
  }

  private static SortedSet<LocalDate> unitsWithMedia(
      Unit unit, ZoneId zone, PresentMedia media, Instant start, Instant end) throws IOException {
    SortedSet<LocalDate> found = new TreeSet<>();
    for (TimeRange range : media.reader().ranges(start, end)) {
      LocalDate last = unit.of(range.end().minusNanos(1), zone);
      for (LocalDate date = unit.of(range.start(), zone);
          !date.isAfter(last);
          date = unit.next(date)) {
        Instant from = latest(range.start(), start(date, zone));
        Instant to = earliest(range.end(), start(unit.next(date), zone));
        if (!found.contains(date) && media.isThere(from, to)) {
          found.add(date);
        }
      }
    }
    return found;
  }

  private static void merge(Unit unit, SortedSet<LocalDate> units, ArrayNode list) {
    LocalDate first = null;
    LocalDate last = null;
    for (LocalDate date : units) {
      if (first == null || last == null) {
        first = date;
      } else if (date.isAfter(unit.next(last))) {
        add(list, unit.format.format(first), unit.format.format(last));
        first = date;
      }
      last = date;
    }
    if (first != null && last != null) {
      add(list, unit.format.format(first), unit.format.format(last));
    }
  }

  private static Instant start(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant();
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static void add(ArrayNode list, String start, String end) {
    list.addObject().put("start", start).put("end", end);
  }
}
