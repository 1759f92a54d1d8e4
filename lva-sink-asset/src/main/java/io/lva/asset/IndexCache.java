package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.TimeRanges;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The index of an asset in one store, read day by day when somebody asks. What was read counts
 * while its file keeps its size.
 *
 * <p>Not thread-safe.
 */
final class IndexCache {
  private static final int DAYS_KEPT = 8;

  private final AssetView view;
  private final Map<LocalDate, DayIndex> days = new LinkedHashMap<>(16, 0.75f, true);
  private NavigableMap<LocalDate, Long> sizes = new TreeMap<>();
  private Optional<Coverage> coverage = Optional.empty();
  private int daysRead;

  IndexCache(AssetView view) {
    this.view = view;
  }

  AssetView view() {
    return view;
  }

  /** Looks which days there are and how long their files are. */
  void refresh() throws IOException {
    sizes = view.indexDays();
    days.keySet().retainAll(sizes.keySet());
  }

  /** Returns the days that have an index file. */
  NavigableMap<LocalDate, Long> sizes() {
    return sizes;
  }

  /** Returns how many index files were read so far. */
  int daysRead() {
    return daysRead;
  }

  /** Returns the rows of a day. */
  DayIndex day(LocalDate date) throws IOException {
    DayIndex known = days.get(date);
    long size = sizes.getOrDefault(date, 0L);
    if (known == null || known.indexBytes() != size) {
      known = known == null ? view.index(date) : view.index(known);
      daysRead++;
      days.put(date, known);
      if (days.size() > DAYS_KEPT) {
        days.remove(days.keySet().iterator().next());
      }
    }
    return known;
  }

  /** Returns where the segments of a day lie, from the coverage if it is up to date. */
  TimeRanges ranges(LocalDate date) throws IOException {
    if (coverage.isEmpty()) {
      coverage = Optional.of(view.coverage());
    }
    Optional<TimeRanges> known = coverage.get().upToDate(date, sizes.getOrDefault(date, 0L));
    if (known.isPresent()) {
      return known.get();
    }
    DayIndex day = day(date);
    TimeRanges ranges = new TimeRanges();
    day.segments().forEach(row -> ranges.add(row.startNanos(), row.endNanos()));
    coverage.get().put(date, new Coverage.Day(day.indexBytes(), ranges));
    return ranges;
  }
}
