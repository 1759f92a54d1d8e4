package io.lva.asset.record;

import io.lva.asset.archive.IndexChangedException;
import io.lva.asset.format.RemovedGaps;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tidies up after a writer: gives complete segments their names and appends rows to the index. Both
 * are repeated while the disk fails.
 *
 * <p>Thread-safe; the work is done on the housekeeping thread.
 */
final class Archivist {
  /** The index can be rebuilt from the files, so rows may be dropped when a disk fails for days. */
  private static final int MOST_WAITING_ROWS = 10_000;

  private static final System.Logger LOGGER = System.getLogger(Archivist.class.getName());

  private final OpenAsset asset;
  private final RetryQueue segments;
  private final RetryQueue rows;
  private final Lane lane;
  private final AtomicBoolean disordered = new AtomicBoolean();
  private volatile boolean changed;
  private volatile boolean done;

  Archivist(Lane lane, OpenAsset asset, RetryQueue segments, RetryQueue rows) {
    this.lane = lane;
    this.asset = asset;
    this.segments = segments;
    this.rows = rows;
  }

  /**
   * Completes a segment, then appends its row.
   *
   * @param segment the segment, which takes no more parts
   * @param completed receives its row once the file has its final name
   */
  void complete(OpenSegment segment, Consumer<SegmentRow> completed) {
    segments.add(
        () -> {
          boolean there = segment.file().complete();
          Optional<SegmentRow> row = segment.row();
          if (row.isPresent() && there) {
            completed(row.get(), completed);
          } else if (row.isPresent()) {
            changed(row.get());
          }
        });
  }

  /**
   * Appends rows for what is left of a segment whose file was removed, replaced or cut during
   * recording, and a gap for what is lost.
   */
  private void changed(SegmentRow row) throws IOException {
    List<IndexRow> left = asset.folder().recover(row.file());
    left.forEach(this::append);
    Optional<GapCloseRow> gap = missing(row, left);
    gap.ifPresent(this::append);
    LOGGER.log(
        System.Logger.Level.ERROR,
        "{0}: {1} was removed, replaced or cut while it was recorded; {2}",
        asset.name(),
        row.file(),
        gap.map(lost -> "its media is lost from " + lost.start()).orElse("all of it is there"));
    disordered();
    lane.background(this::putInOrder);
  }

  /**
   * Returns a gap for the media that is missing after the rows that are left. Earlier gaps are
   * among these rows.
   */
  private static Optional<GapCloseRow> missing(SegmentRow row, List<IndexRow> left) {
    Optional<Instant> end =
        left.stream()
            .filter(SegmentRow.class::isInstance)
            .map(each -> ((SegmentRow) each).end())
            .max(Comparator.naturalOrder());
    if (end.isEmpty()) {
      return Optional.of(RemovedGaps.of(row));
    }
    if (!end.get().isBefore(row.end())) {
      return Optional.empty();
    }
    String id = "cut-" + row.run() + "-" + row.sequence();
    Gap gap = Gap.open(id, end.get(), GapOrigin.RUNTIME, GapCause.STORAGE_ERROR);
    return Optional.of(new GapCloseRow(gap.closedAt(row.end()), false));
  }

  private void disordered() {
    disordered.set(true);
    changed = true;
  }

  /**
   * Puts the asset in order. After one file was removed, others may be missing too, or the index
   * may have been replaced.
   */
  private void putInOrder() {
    if (disordered.getAndSet(false)) {
      try {
        int added = asset.putInOrder();
        if (added > 0) {
          LOGGER.log(System.Logger.Level.INFO, "{0}: {1} rows of the index", asset.name(), added);
        }
      } catch (IOException e) {
        disordered.set(true);
        LOGGER.log(System.Logger.Level.WARNING, asset.name() + ": is not in order", e);
      }
    }
  }

  private void completed(SegmentRow row, Consumer<SegmentRow> completed) {
    append(row);
    completed.accept(row);
  }

  /** Appends a row to the index. */
  void append(IndexRow row) {
    if (rows.size() < MOST_WAITING_ROWS) {
      rows.add(() -> write(row));
    } else {
      LOGGER.log(System.Logger.Level.WARNING, asset.name() + ": a row of the index was dropped");
    }
  }

  private void write(IndexRow row) throws IOException {
    try {
      asset.append(row);
    } catch (IndexChangedException e) {
      disordered();
      throw e;
    }
    if (disordered.get()) {
      lane.background(this::putInOrder);
    }
  }

  /** Returns whether all segments are complete, all rows are written, and nothing follows. */
  boolean isDone() {
    return done;
  }

  /**
   * Closes the asset when all segments are complete and all rows are written.
   *
   * @param checked completes when the check of the asset's earlier content has ended; the asset
   *     stays open until then
   * @param closed called after everything else
   */
  void close(CompletableFuture<Void> checked, Runnable closed) {
    segments.end(() -> rows.end(() -> done(checked, closed)));
  }

  private void done(CompletableFuture<Void> checked, Runnable closed) {
    done = true;
    CompletableFuture<Void> unused = checked.thenRun(() -> rows.end(() -> close(closed)));
  }

  private void close(Runnable closed) throws IOException {
    disordered.set(changed); // what was moved away may be back
    putInOrder();
    asset.close(closed);
  }
}
