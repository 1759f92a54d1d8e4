package io.lva.examples.cli;

import io.lva.asset.AssetGap;
import io.lva.asset.index.TimeRange;
import io.lva.media.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How much of the requested range an export shows as it was recorded, and why the rest is missing:
 * a missing stretch is either cut out or bridged by the last picture before it.
 *
 * <p>Immutable.
 *
 * @param asked the requested range
 * @param shown the ranges in the file, in their order
 * @param gaps of the asset that touch the requested range
 */
record ExportSummary(TimeRange asked, List<TimeRange> shown, List<AssetGap> gaps) {
  /**
   * The shortest cut that is reported: shorter ones come from the rounding of two tracks, and are
   * not visible.
   */
  private static final Duration SHORTEST = Duration.ofMillis(200);

  ExportSummary {
    shown = List.copyOf(shown);
    gaps = List.copyOf(gaps);
  }

  /**
   * A stretch for which an export has no media and shows the last picture before it.
   *
   * @param range the stretch, within a range that is shown
   * @param gap the gap that is bridged there
   */
  private record Still(TimeRange range, AssetGap gap) {}

  /**
   * Returns a line about the file, one for each cut with its cause, and one for each gap that was
   * bridged by the last picture.
   */
  List<String> lines(String file) {
    List<TimeRange> cuts = cuts();
    List<Still> stills = stills();
    Duration missing = sum(cuts).plus(sum(stills.stream().map(Still::range).toList()));
    List<String> lines = new ArrayList<>();
    lines.add(
        file
            + ": "
            + HumanText.of(length(asked).minus(missing))
            + " of "
            + HumanText.of(length(asked))
            + " recorded, "
            + (missing.isZero() ? "nothing" : HumanText.of(missing))
            + " missing, from "
            + HumanText.of(asked.start()));
    cuts.forEach(each -> lines.add(line("gap", each, causes(each))));
    stills.forEach(each -> lines.add(line("still", each.range(), each.gap().gap().causes())));
    return lines;
  }

  /** Returns the parts of the requested range that are not in the file, except for short ones. */
  List<TimeRange> cuts() {
    List<TimeRange> cuts = new ArrayList<>();
    Instant reached = asked.start();
    for (TimeRange each : shown) {
      add(cuts, reached, each.start());
      reached = each.end().isAfter(reached) ? each.end() : reached;
    }
    add(cuts, reached, asked.end());
    return cuts;
  }

  private static void add(List<TimeRange> cuts, Instant from, Instant to) {
    if (Duration.between(from, to).compareTo(SHORTEST) >= 0) {
      cuts.add(new TimeRange(from, to));
    }
  }

  private List<Still> stills() {
    List<Still> stills = new ArrayList<>();
    for (AssetGap gap : gaps) {
      if (gap.bridged() && gap.end().isPresent()) {
        for (TimeRange each : shown) {
          Instant from = latest(gap.gap().start(), each.start());
          Instant to = earliest(gap.end().get(), each.end());
          if (from.isBefore(to)) {
            stills.add(new Still(new TimeRange(from, to), gap));
          }
        }
      }
    }
    return stills;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static String line(String kind, TimeRange range, Collection<GapCause> causes) {
    String text = CauseText.of(causes);
    return String.format(
        Locale.ROOT,
        "  %-6s %s - %s  %s  %s",
        kind,
        HumanText.of(range.start()),
        HumanText.of(range.end()),
        HumanText.of(length(range)),
        text.isEmpty() ? "not recorded" : text);
  }

  private List<GapCause> causes(TimeRange missing) {
    return gaps.stream()
        .filter(
            gap ->
                gap.gap().start().isBefore(missing.end())
                    && gap.end().map(end -> end.isAfter(missing.start())).orElse(true))
        .flatMap(gap -> gap.gap().causes().stream())
        .toList();
  }

  private static Duration sum(List<TimeRange> ranges) {
    return ranges.stream().map(ExportSummary::length).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration length(TimeRange range) {
    return Duration.between(range.start(), range.end());
  }
}
