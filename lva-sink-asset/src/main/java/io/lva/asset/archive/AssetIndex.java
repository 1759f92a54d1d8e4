package io.lva.asset.archive;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreFeature;
import io.lva.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to the index of an asset, and keeps its coverage.
 *
 * <p>Rows are durable when {@link #append} returns. A row that was not written completely is cut
 * off before the next one is written, so that a failure never damages another row.
 *
 * <p>Thread-safe.
 */
public final class AssetIndex implements AutoCloseable {
  private static final Duration COVERAGE_INTERVAL = Duration.ofMinutes(10);

  private final AssetStore store;
  private final String folder;
  private final AssetWriter writer;
  private final Clock clock;
  private final Fences fences;
  private final Coverage coverage;
  private final Map<LocalDate, Long> daySizes = new HashMap<>();
  private @Nullable IndexLog open;

  @GuardedBy("this")
  private long coverageWrittenNanos;

  private boolean coverageChanged;

  AssetIndex(AssetStore store, String folder, AssetWriter writer, Clock clock, Fences fences)
      throws IOException {
    this.store = store;
    this.folder = folder;
    this.writer = writer;
    this.clock = clock;
    this.fences = fences;
    this.coverage = IndexFiles.coverage(store, folder);
    IndexFiles.days(store, folder).forEach((date, day) -> daySizes.put(date, day.sizeBytes()));
    this.coverageWrittenNanos = clock.nanoTime();
  }

  /**
   * Appends a row.
   *
   * @param row any row
   * @throws IndexChangedException when somebody without the lock has changed the file; the row may
   *     be appended again
   * @throws IOException when the store fails or the lock is lost; the row may be appended again
   */
  public void append(IndexRow row) throws IOException {
    append(List.of(row));
  }

  /**
   * Appends rows. Segments become visible last, so that whoever finds a segment also finds the gaps
   * before it.
   *
   * @param rows in their order
   * @throws IndexChangedException when somebody without the lock has changed a file; the rows may
   *     be appended again
   * @throws IOException when the store fails or the lock is lost; the rows may be appended again
   */
  public void append(List<? extends IndexRow> rows) throws IOException {
    append(rows, writer.epoch());
  }

  /**
   * Appends rows that arose under an earlier lock, as {@link #append(List)} does.
   *
   * @param rows in their order
   * @param epoch epoch of the lock under which the gaps and tombstones arose
   * @throws IOException as for {@link #append(List)}
   */
  public synchronized void append(List<? extends IndexRow> rows, long epoch) throws IOException {
    List<IndexRow> segments = new ArrayList<>();
    List<IndexRow> others = new ArrayList<>();
    for (IndexRow row : rows) {
      (row instanceof SegmentRow ? segments : others).add(row);
    }
    Set<LocalDate> days = new HashSet<>();
    segments.forEach(row -> days.add(Utc.day(row.start())));
    if (days.size() == 1) {
      // The usual case takes one write: what belongs to the day of the segment, then the segment.
      others.stream().filter(row -> days.contains(Utc.day(row.start()))).forEach(segments::add);
      others.removeIf(row -> days.contains(Utc.day(row.start())));
      segments.sort(Comparator.comparing(SegmentRow.class::isInstance));
    }
    appendByDay(others, epoch);
    appendByDay(segments, epoch);
    Duration age = Duration.ofNanos(clock.nanoTime() - coverageWrittenNanos);
    if (age.compareTo(COVERAGE_INTERVAL) >= 0) {
      writeCoverage();
    }
  }

  private void appendByDay(List<IndexRow> rows, long epoch) throws IOException {
    Map<String, List<IndexRow>> files = new TreeMap<>();
    for (IndexRow row : rows) {
      files.computeIfAbsent(file(store, row.start()), name -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<String, List<IndexRow>> file : files.entrySet()) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      file.getValue().forEach(row -> lines.writeBytes(IndexRowCodec.toLine(row, epoch)));
      LocalDate date = Utc.day(file.getValue().get(0).start());
      append(date, log(date, file.getKey()), lines.toByteArray(), file.getValue());
    }
  }

  /**
   * Returns the index file for a row. There is one file per day, or one per hour in a store where
   * whole files are replaced.
   */
  static String file(AssetStore store, Instant start) {
    return store.features().contains(StoreFeature.APPEND)
        ? AssetLayout.index(Utc.day(start))
        : AssetLayout.index(Utc.day(start), start.atOffset(ZoneOffset.UTC).getHour());
  }

  private void append(LocalDate date, IndexLog log, byte[] lines, List<IndexRow> rows)
      throws IOException {
    long before = daySizes.getOrDefault(date, 0L);
    long sizeBefore = log.size();
    try {
      log.append(lines);
    } catch (IOException e) {
      open = null; // the file is looked at again, should it have been changed or removed
      coverage.remove(date);
      throw e;
    }
    long after = before + log.size() - sizeBefore;
    daySizes.put(date, after);
    cover(date, before, after, rows);
  }

  private void cover(LocalDate date, long before, long after, List<IndexRow> rows) {
    Optional<TimeRanges> ranges =
        before == 0 ? Optional.of(new TimeRanges()) : coverage.upToDate(date, before);
    boolean known = ranges.isPresent();
    for (IndexRow row : rows) {
      if (row instanceof SegmentRow segment) {
        coverage.noteRun(segment.runNumber());
        if (known) {
          ranges.get().add(segment.startNanos(), segment.endNanos());
        }
      } else if (row instanceof TombstoneRow) {
        known = false; // a range shrinks: computed from the rows when somebody needs it
      }
    }
    if (known) {
      coverage.put(date, new Coverage.Day(after, ranges.get()));
    } else {
      coverage.remove(date);
    }
    coverageChanged = true;
  }

  private IndexLog log(LocalDate date, String name) throws IOException {
    if (open == null || !open.name().equals(name)) {
      open = new IndexLog(store, folder, writer, name);
      IndexDay day = IndexFiles.days(store, folder).get(date);
      daySizes.put(date, day == null ? 0 : day.sizeBytes());
    }
    return open;
  }

  /** Cuts off the torn end of a day's file, left by a process that ended while it was writing. */
  synchronized void cutTornEnd(IndexDay day) throws IOException {
    for (IndexDay.IndexFile file : day.files()) {
      log(day.date(), file.name());
    }
  }

  /**
   * Writes the coverage if it has changed, after days that are out of date are recomputed.
   *
   * @throws IOException when the store fails or the lock is lost
   */
  public synchronized void writeCoverage() throws IOException {
    coverageWrittenNanos = clock.nanoTime();
    if (!coverageChanged) {
      return;
    }
    for (IndexDay day : IndexFiles.days(store, folder).values()) {
      if (coverage.upToDate(day.date(), day.sizeBytes()).isEmpty()) {
        DayIndex rows = IndexFiles.read(store, folder, day, fences);
        coverage.put(day.date(), rows.coverage());
        rows.segments().forEach(segment -> coverage.noteRun(segment.runNumber()));
      }
    }
    IndexFiles.overwrite(store, folder, writer, AssetLayout.COVERAGE, coverage.toJson());
    coverageChanged = false;
  }

  /** Returns the newest day that has an index; 1970-01-01 when there is none. */
  synchronized LocalDate lastDay() {
    return daySizes.keySet().stream().max(Comparator.naturalOrder()).orElse(LocalDate.EPOCH);
  }

  /**
   * Returns the number of the next run.
   *
   * @return the number of runs that the asset has had
   */
  public synchronized int nextRunNumber() {
    return coverage.runs();
  }

  /**
   * Takes the next run number.
   *
   * @return a number higher than the numbers of all earlier runs
   */
  public synchronized int takeRunNumber() {
    int number = coverage.runs();
    coverage.noteRun(number);
    coverageChanged = true;
    return number;
  }

  synchronized void noteRun(int runNumber) {
    coverage.noteRun(runNumber);
  }

  /**
   * Writes the coverage if it has changed.
   *
   * @throws IOException when the store fails or the lock is lost; the coverage is then computed
   *     again when needed
   */
  @Override
  public synchronized void close() throws IOException {
    writeCoverage();
  }
}
