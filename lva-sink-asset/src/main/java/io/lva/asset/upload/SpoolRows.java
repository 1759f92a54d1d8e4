package io.lva.asset.upload;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.IndexDay;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.Utc;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.StoredFile;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Reads the index of a spool in the order in which it is published.
 *
 * <p>Confined to its uploader.
 */
final class SpoolRows {
  private static final int KEPT_DAYS = 2;
  private static final int BLOCK_BYTES = 64 << 10;

  private final AssetFolder spool;

  SpoolRows(AssetFolder spool) {
    this.spool = spool;
  }

  /**
   * Some rows and the position after them. At most one row is a segment, and it is the last one.
   * Immutable.
   */
  record RowBatch(String file, List<IndexRowCodec.EpochRow> lines, long end) {
    Optional<SegmentRow> segment() {
      return lines.stream()
          .map(IndexRowCodec.EpochRow::row)
          .filter(SegmentRow.class::isInstance)
          .map(SegmentRow.class::cast)
          .findFirst();
    }

    /** Returns the gaps and tombstones that were written under a lock accepted by a test. */
    List<IndexRow> others(LongPredicate lock) {
      return lines.stream()
          .filter(line -> !(line.row() instanceof SegmentRow) && lock.test(line.epoch()))
          .map(IndexRowCodec.EpochRow::row)
          .toList();
    }
  }

  /** Returns the next rows that are not published yet. */
  Optional<RowBatch> next(UploadState state) throws IOException {
    for (IndexDay day : spool.view().indexDays().values()) {
      for (IndexDay.IndexFile file : day.files()) {
        Optional<RowBatch> batch = next(file, state.position(file.name()));
        if (batch.isPresent()) {
          return batch;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the backlog that an earlier process left. */
  Backlog backlog(UploadState state, Clock clock) throws IOException {
    List<SegmentRow> segments = new ArrayList<>();
    Set<String> evicted = new HashSet<>();
    for (IndexDay day : spool.view().indexDays().values()) {
      for (IndexDay.IndexFile file : day.files()) {
        for (IndexRow row : unpublished(file, state.position(file.name()))) {
          if (row instanceof SegmentRow segment) {
            segments.add(segment);
          } else if (row instanceof TombstoneRow) {
            evicted.add(row.key());
          }
        }
      }
    }
    return new Backlog(segments, evicted, clock);
  }

  private List<IndexRow> unpublished(IndexDay.IndexFile file, long from) throws IOException {
    List<IndexRow> rows = new ArrayList<>();
    byte[] lines = new byte[Math.toIntExact(Math.max(0, file.sizeBytes() - from))];
    try (StoredFile source = spool.view().open(file.name())) {
      source.readFully(from, ByteBuffer.wrap(lines));
    }
    IndexRowCodec.parseLines(lines, rows::add);
    return rows;
  }

  /**
   * Removes files whose rows are published and that are left over because a process ended before
   * removing them.
   */
  void tidy(UploadState state, LocalCopies copies) throws IOException {
    AssetView view = spool.view();
    for (String hour : view.hours()) {
      List<AssetView.SegmentFile> files = view.segments(hour);
      DayIndex day = files.isEmpty() ? null : publishedOf(files.get(0), state);
      for (AssetView.SegmentFile file : files) {
        SegmentName name = file.name();
        if (day != null && !name.part() && isPublished(day, name)) {
          copies.keep(spool, name.path(), file.sizeBytes());
        }
      }
    }
  }

  private static boolean isPublished(DayIndex day, SegmentName name) {
    return day.segment(name.run(), name.sequence()).isPresent()
        || day.tombstones().stream().anyMatch(row -> row.file().equals(name.path()));
  }

  /** Reads the rows of a day up to the position that is published. */
  private DayIndex publishedOf(AssetView.SegmentFile file, UploadState state) throws IOException {
    AssetView view = spool.view();
    LocalDate date = Utc.day(file.name().start());
    DayIndex rows = DayIndex.of(date, new byte[0], view.fences());
    IndexDay day = view.indexDays().get(date);
    for (IndexDay.IndexFile index : day == null ? List.<IndexDay.IndexFile>of() : day.files()) {
      byte[] lines = new byte[(int) Math.min(index.sizeBytes(), state.position(index.name()))];
      try (StoredFile source = view.open(index.name())) {
        source.readFully(0, ByteBuffer.wrap(lines));
      }
      rows = rows.with(lines, 0);
    }
    return rows;
  }

  /**
   * Deletes the index of days that are over and published, except for the newest two days and the
   * days that have copies.
   */
  void trim(UploadState state, LocalCopies copies) throws IOException {
    List<IndexDay> days = List.copyOf(spool.view().indexDays().values());
    for (IndexDay day : days.subList(0, Math.max(0, days.size() - KEPT_DAYS))) {
      boolean needed = copies.has(spool.view().folder(), day.date());
      for (IndexDay.IndexFile file : day.files()) {
        if (!needed && state.position(file.name()) >= file.sizeBytes()) {
          spool.writer().delete(file.name());
          state.forget(file.name());
        }
      }
    }
  }

  private Optional<RowBatch> next(IndexDay.IndexFile file, long from) throws IOException {
    for (int length = BLOCK_BYTES; file.sizeBytes() > from; length *= 4) {
      byte[] block = new byte[(int) Math.min(length, file.sizeBytes() - from)];
      try (StoredFile lines = spool.view().open(file.name())) {
        lines.readFully(from, ByteBuffer.wrap(block));
      }
      List<IndexRowCodec.EpochRow> rows = new ArrayList<>();
      int end = parse(block, rows);
      if (end > 0) {
        return Optional.of(new RowBatch(file.name(), rows, from + end));
      }
      if (from + block.length >= file.sizeBytes()) {
        return Optional.empty(); // the last line is still being written
      }
    }
    return Optional.empty();
  }

  /** Parses lines up to the first segment; returns where they end. */
  private static int parse(byte[] block, List<IndexRowCodec.EpochRow> rows) {
    int start = 0;
    for (int i = 0; i < block.length; i++) {
      if (block[i] == '\n') {
        Optional<IndexRowCodec.EpochRow> row = parseLine(Arrays.copyOfRange(block, start, i));
        row.ifPresent(rows::add);
        start = i + 1;
        if (row.isPresent() && row.get().row() instanceof SegmentRow) {
          return start;
        }
      }
    }
    return start;
  }

  /**
   * Parses a line. A line that is not a row is the result of a disk fault, and a repair finds its
   * file.
   */
  private static Optional<IndexRowCodec.EpochRow> parseLine(byte[] line) {
    try {
      return Optional.of(IndexRowCodec.readLine(line));
    } catch (AssetFormatException e) {
      return Optional.empty();
    }
  }
}
