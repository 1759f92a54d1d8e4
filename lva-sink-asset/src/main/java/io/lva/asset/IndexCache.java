package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.IndexDay;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.TimeRanges;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
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
  private NavigableMap<LocalDate, IndexDay> listed = new TreeMap<>();
  private Fences fences = Fences.none();
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
    listed = view.indexDays();
    days.keySet().retainAll(listed.keySet());
    Fences now = view.fences();
    if (!now.equals(fences)) {
      fences = now;
      days.clear();
      coverage = Optional.empty();
    }
  }

  /** Returns the days that have an index. */
  NavigableSet<LocalDate> dates() {
    return listed.navigableKeySet();
  }

  /** Returns which media of superseded epochs counts. */
  Fences fences() {
    return fences;
  }

  /** Returns how many index files were read so far. */
  int daysRead() {
    return daysRead;
  }

  private IndexDay files(LocalDate date) {
    IndexDay files = listed.get(date);
    return files == null ? new IndexDay(date, List.of()) : files;
  }

  /** Returns the rows of a day. */
  DayIndex day(LocalDate date) throws IOException {
    DayIndex known = days.get(date);
    IndexDay files = files(date);
    if (known == null || known.indexBytes() != files.sizeBytes()) {
      known = known == null ? view.index(files, fences) : view.index(files, known);
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
    Optional<TimeRanges> known = coverage.get().upToDate(date, files(date).sizeBytes());
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
