package io.lva.asset.archive;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileHandle;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.IndexRow;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.TombstoneRow;
import io.lva.asset.format.Utc;
import io.lva.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to the index of an asset on a disk, and keeps its coverage.
 *
 * <p>Rows are durable when {@link #append} returns. A row that could not be written whole is cut
 * off before the next one, so that a failure never spoils a row beside it.
 *
 * <p>Thread-safe.
 */
public final class AssetIndex implements AutoCloseable {
  private static final Duration COVERAGE_INTERVAL = Duration.ofMinutes(10);

  private final DiskAssetStore store;
  private final String folder;
  private final Clock clock;
  private final Coverage coverage;
  private @Nullable DayFile open;
  private long coverageWrittenNanos;
  private boolean coverageChanged;

  AssetIndex(DiskAssetStore store, String folder, Clock clock, Coverage coverage) {
    this.store = store;
    this.folder = folder;
    this.clock = clock;
    this.coverage = coverage;
    this.coverageWrittenNanos = clock.nanoTime();
  }

  /**
   * Appends a row.
   *
   * @param row any
   * @throws IOException when the disk refuses; the row may be appended again
   */
  public void append(IndexRow row) throws IOException {
    append(List.of(row));
  }

  /**
   * Appends rows. A segment becomes visible last: whoever finds it, finds the gaps it tells of.
   *
   * @param rows in their order
   * @throws IOException when the disk refuses; the rows may be appended again
   */
  public synchronized void append(List<? extends IndexRow> rows) throws IOException {
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
    appendByDay(others);
    appendByDay(segments);
    Duration age = Duration.ofNanos(clock.nanoTime() - coverageWrittenNanos);
    if (age.compareTo(COVERAGE_INTERVAL) >= 0) {
      writeCoverage();
    }
  }

  private void appendByDay(List<IndexRow> rows) throws IOException {
    Map<LocalDate, List<IndexRow>> days = new TreeMap<>();
    for (IndexRow row : rows) {
      days.computeIfAbsent(Utc.day(row.start()), day -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<LocalDate, List<IndexRow>> day : days.entrySet()) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      day.getValue().forEach(row -> lines.writeBytes(IndexRowCodec.toLine(row)));
      DayFile file = file(day.getKey());
      long before = file.goodBytes;
      file.append(lines.toByteArray());
      cover(day.getKey(), before, file.goodBytes, day.getValue());
    }
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

  private DayFile file(LocalDate day) throws IOException {
    if (open == null || !open.day.equals(day)) {
      closeFile();
      open = new DayFile(day);
    }
    return open;
  }

  /** Cuts off the torn end of a day, where a process ended while it wrote. */
  synchronized void cutTornEnd(LocalDate day) throws IOException {
    file(day).cutTornEnd();
  }

  /**
   * Writes the coverage, with days that are out of date computed anew.
   *
   * @throws IOException when the disk refuses
   */
  public synchronized void writeCoverage() throws IOException {
    coverageWrittenNanos = clock.nanoTime();
    if (!coverageChanged) {
      return;
    }
    for (IndexFiles.DayEntry day : IndexFiles.days(store, folder)) {
      if (coverage.upToDate(day.date(), day.sizeBytes()).isEmpty()) {
        DayIndex rows = IndexFiles.read(store, folder, day.date());
        coverage.put(day.date(), rows.coverage());
        rows.segments().forEach(segment -> coverage.noteRun(segment.runNumber()));
      }
    }
    store.replace(folder + '/' + AssetLayout.COVERAGE, ByteBuffer.wrap(coverage.toJson()));
    coverageChanged = false;
  }

  /**
   * Returns the number of the next run.
   *
   * @return how many runs the asset has had
   */
  public synchronized int nextRunNumber() {
    return coverage.runs();
  }

  /**
   * Takes the next run number.
   *
   * @return a number higher than those of all runs before
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

  private void closeFile() throws IOException {
    DayFile file = open;
    open = null;
    if (file != null) {
      file.close();
    }
  }

  /**
   * Writes the coverage and closes the files.
   *
   * @throws IOException when the disk refuses; nothing but time is lost by that
   */
  @Override
  public synchronized void close() throws IOException {
    try {
      writeCoverage();
    } finally {
      closeFile();
    }
  }

  /** The rows of one day. */
  private final class DayFile {
    private final LocalDate day;
    private final FileHandle handle;
    private long goodBytes;
    private boolean dirty;

    DayFile(LocalDate day) throws IOException {
      this.day = day;
      FileOps files = store.files();
      Path path = store.path(folder + '/' + AssetLayout.index(day));
      Path parent = store.path(folder + '/' + AssetLayout.INDEX_FOLDER);
      boolean made = files.size(path).isEmpty();
      if (made) {
        files.makeDirectories(parent);
        files.syncDirectory(store.path(folder));
      }
      this.handle = files.openForAppend(path);
      boolean done = false;
      try {
        if (made) {
          files.syncDirectory(parent);
        }
        this.goodBytes = IndexFiles.wholeLines(handle);
        this.dirty = goodBytes < handle.sizeBytes();
        done = true;
      } finally {
        if (!done) {
          handle.close();
        }
      }
    }

    void cutTornEnd() throws IOException {
      if (dirty) {
        handle.truncate(goodBytes);
        handle.force();
        dirty = false;
      }
    }

    void append(byte[] lines) throws IOException {
      cutTornEnd();
      dirty = true;
      handle.writeFully(ByteBuffer.wrap(lines));
      handle.force();
      goodBytes += lines.length;
      dirty = false;
    }

    void close() throws IOException {
      handle.close();
    }
  }
}
