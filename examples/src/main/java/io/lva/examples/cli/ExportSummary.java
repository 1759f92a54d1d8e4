package io.lva.examples.cli;

import static java.util.stream.Collectors.joining;

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
 * What an export shows of the range that was asked for, and why it does not show the rest.
 *
 * <p>Immutable.
 *
 * @param asked the range that was asked for
 * @param shown the ranges in the file, in their order
 * @param gaps of the asset that touch the range that was asked for
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
   * Returns a line about the file, one for each cut with its cause, and one for each gap that was
   * bridged by letting the last picture stand still.
   */
  List<String> lines(String file) {
    List<TimeRange> missing = missing();
    List<String> lines = new ArrayList<>();
    Duration media =
        shown.stream().map(ExportSummary::length).reduce(Duration.ZERO, Duration::plus);
    String cuts =
        switch (missing.size()) {
          case 0 -> "without a gap";
          case 1 -> "1 gap cut out";
          default -> missing.size() + " gaps cut out";
        };
    lines.add(
        file
            + ": "
            + HumanText.of(media)
            + " of "
            + HumanText.of(length(asked))
            + " from "
            + HumanText.of(asked.start())
            + ", "
            + cuts);
    for (TimeRange each : missing) {
      lines.add(line("gap", each, causes(each)));
    }
    for (AssetGap each : gaps) {
      if (each.bridged() && each.end().isPresent()) {
        TimeRange still = new TimeRange(each.gap().start(), each.end().get());
        lines.add(line("still", still, each.gap().causes()));
      }
    }
    return lines;
  }

  /** Returns the ranges that were asked for but are not in the file; short ones are left out. */
  List<TimeRange> missing() {
    List<TimeRange> missing = new ArrayList<>();
    Instant reached = asked.start();
    for (TimeRange each : shown) {
      add(missing, reached, each.start());
      reached = each.end().isAfter(reached) ? each.end() : reached;
    }
    add(missing, reached, asked.end());
    return missing;
  }

  private static void add(List<TimeRange> missing, Instant from, Instant to) {
    if (Duration.between(from, to).compareTo(SHORTEST) >= 0) {
      missing.add(new TimeRange(from, to));
    }
  }

  private static String line(String kind, TimeRange range, Collection<GapCause> causes) {
    String text = causes.stream().map(GapCause::text).distinct().collect(joining(", "));
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

  private static Duration length(TimeRange range) {
    return Duration.between(range.start(), range.end());
  }
}
