package io.lva.asset.archive;

import io.lva.asset.format.DayIndex;
import io.lva.asset.format.RemovedGaps;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.AssetStore;
import io.lva.media.GapCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Segments that are in the index but whose files somebody removed. Stateless and therefore
 * thread-safe.
 */
final class LostSegments {
  private LostSegments() {}

  /** Finds the lost segments of a day by listing each hour that has segments. */
  static List<SegmentRow> find(AssetStore store, String folder, DayIndex day) throws IOException {
    List<SegmentRow> lost = new ArrayList<>();
    Map<String, Set<String>> hours = new HashMap<>();
    for (SegmentRow row : day.segments()) {
      int slash = row.file().lastIndexOf('/');
      String hour = row.file().substring(0, slash);
      if (!hours.containsKey(hour)) {
        hours.put(hour, names(store, folder + '/' + hour));
      }
      if (!hours.get(hour).contains(row.file().substring(slash + 1))) {
        lost.add(row);
      }
    }
    return lost;
  }

  private static Set<String> names(AssetStore store, String folder) throws IOException {
    return store.list(folder).stream().map(AssetStore.Entry::name).collect(Collectors.toSet());
  }

  /**
   * Returns the rows that record a lost segment in the index: a gap, and the deletion of the
   * segment.
   */
  static List<IndexRow> rows(SegmentRow lost) {
    return List.of(
        RemovedGaps.of(lost),
        new TombstoneRow(
            lost.run(),
            lost.sequence(),
            lost.file(),
            lost.start(),
            lost.end(),
            GapCause.STORAGE_ERROR));
  }
}
