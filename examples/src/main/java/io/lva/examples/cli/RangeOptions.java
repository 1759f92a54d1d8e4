package io.lva.examples.cli;

import io.lva.asset.index.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A time range: from a start to an end, or the most recent media. */
final class RangeOptions {
  @Option(
      names = "--start",
      paramLabel = "TIME",
      description =
          "First instant, such as 2026-11-22T10:00:00Z, or 2026-11-22T11:00 in the time of this"
              + " machine.")
  private @Nullable String start;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      description = "First instant that is no longer shown.")
  private @Nullable String end;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description =
          "In place of --start and --end: what came last, such as 90s, 5m, 2h or 1d, up to the"
              + " newest media.")
  private @Nullable String last;

  /**
   * Checks the options before anything is opened.
   *
   * @throws CommandFailure when they do not name one range
   */
  void check() {
    boolean both = start != null && end != null;
    boolean any = start != null || end != null;
    if (last != null ? any : !both) {
      throw new CommandFailure("a range is needed: give --start and --end, or --last alone");
    }
    range(Optional.of(Instant.EPOCH));
  }

  /**
   * Returns the range.
   *
   * @param newest the end of the newest media, if there is any
   * @throws CommandFailure when an option is malformed, the range is empty, or there is no media
   */
  TimeRange range(Optional<Instant> newest) {
    if (last != null) {
      Instant until =
          newest.orElseThrow(
              () -> new CommandFailure("the asset holds no media to count --last from"));
      return new TimeRange(until.minus(TimeText.duration("--last", last)), until);
    }
    Instant from = instant("--start", start);
    Instant to = instant("--end", end);
    if (!from.isBefore(to)) {
      throw new CommandFailure("--start " + start + " is not before --end " + end);
    }
    return new TimeRange(from, to);
  }

  private static Instant instant(String option, @Nullable String text) {
    return TimeText.instant(option, text == null ? "" : text, ZoneId.systemDefault());
  }
}
