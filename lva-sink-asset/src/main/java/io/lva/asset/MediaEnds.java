package io.lva.asset;

import io.lva.asset.format.DayIndex;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Finds where the recording begins and ends in UTC, and which segment was recorded last. After a
 * clock was set back, that segment is not the last by UTC, but lies near the present time instead.
 *
 * <p>Stateless and therefore thread-safe.
 */
final class MediaEnds {
  private MediaEnds() {}

  /** Returns where the recording begins and ends in UTC; empty when nothing was recorded. */
  static Optional<TimeRange> span(List<IndexCache> indexes, List<SegmentRow> inProgress)
      throws IOException {
    TimeRanges ends = new TimeRanges();
    for (IndexCache index : indexes) {
      firstMedia(index, index.dates()).ifPresent(ends::addAll);
      firstMedia(index, index.dates().descendingSet()).ifPresent(ends::addAll);
    }
    inProgress.forEach(row -> ends.add(row.startNanos(), row.endNanos()));
    List<TimeRange> all = ends.all();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new TimeRange(all.get(0).start(), all.get(all.size() - 1).end()));
  }

  private static Optional<TimeRanges> firstMedia(IndexCache index, Iterable<LocalDate> days)
      throws IOException {
    for (LocalDate date : days) {
      TimeRanges ranges = index.ranges(date);
      if (!ranges.isEmpty()) {
        return Optional.of(ranges);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the segment that was recorded last, looking at the segments in progress and at those of
   * the last day with media, of today, and of yesterday.
   */
  static Optional<SegmentRow> newest(
      List<IndexCache> indexes, List<SegmentRow> inProgress, Instant now) throws IOException {
    Optional<SegmentRow> newest = inProgress.stream().max(SegmentRow.BY_RECORDING);
    LocalDate today = Utc.day(Utc.bounded(now));
    for (IndexCache index : indexes) {
      boolean found = false;
      for (LocalDate date : index.dates().descendingSet()) {
        boolean near = !date.isAfter(today) && !date.isBefore(today.minusDays(1));
        if (found && !near && date.isBefore(today)) {
          break;
        }
        if ((!found || near) && !index.ranges(date).isEmpty()) {
          newest = later(newest, index.day(date));
          found = true;
        }
      }
    }
    return newest;
  }

  private static Optional<SegmentRow> later(Optional<SegmentRow> known, DayIndex day) {
    Optional<SegmentRow> other = day.newest();
    return known.isPresent()
            && other.filter(row -> SegmentRow.BY_RECORDING.compare(row, known.get()) > 0).isEmpty()
        ? known
        : other;
  }
}
