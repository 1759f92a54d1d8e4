package io.lva.asset;

import io.lva.asset.format.DayIndex;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.format.Utc;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Finds the segment that was recorded last, which is not the last by UTC after a clock was set
 * back: then it lies near the present time instead.
 *
 * <p>Thread-safe: there is no state.
 */
final class NewestMedia {
  private NewestMedia() {}

  /** Looks at what is being written, the last day with media, today and yesterday. */
  static Optional<SegmentRow> find(
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
