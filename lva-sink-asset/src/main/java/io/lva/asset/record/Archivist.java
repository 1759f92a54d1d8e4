package io.lva.asset.record;

import io.lva.asset.archive.IndexChangedException;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tidies up after a writer: gives complete segments their names and appends rows to the index,
 * again and again while the disk refuses.
 *
 * <p>Thread-safe; the work is done on the housekeeping thread.
 */
final class Archivist {
  /** The index is rebuilt from the files, so rows may be lost while a disk fails for days. */
  private static final int MOST_WAITING_ROWS = 10_000;

  private static final System.Logger LOGGER = System.getLogger(Archivist.class.getName());

  private final OpenAsset asset;
  private final RetryQueue segments;
  private final RetryQueue rows;
  private final Lane lane;
  private final AtomicBoolean disordered = new AtomicBoolean();
  private volatile boolean changed;

  Archivist(Lane lane, OpenAsset asset, RetryQueue segments, RetryQueue rows) {
    this.lane = lane;
    this.asset = asset;
    this.segments = segments;
    this.rows = rows;
  }

  /**
   * Completes a segment and then appends its row.
   *
   * @param segment takes no more parts
   * @param completed takes its row when it has its final name
   */
  void complete(OpenSegment segment, Consumer<SegmentRow> completed) {
    segments.add(
        () -> {
          boolean there = segment.file().complete();
          Optional<SegmentRow> row = segment.row();
          if (row.isPresent() && there) {
            completed(row.get(), completed);
          } else {
            row.ifPresent(this::removed);
          }
        });
  }

  /** Media whose file was removed under the recorder is missing, and the index says so. */
  private void removed(SegmentRow row) {
    String id = "removed-" + row.run() + "-" + row.sequence();
    Gap gap = Gap.open(id, row.start(), GapOrigin.RUNTIME, GapCause.STORAGE_ERROR);
    append(new GapCloseRow(gap.closedAt(row.end()), false));
    LOGGER.log(
        System.Logger.Level.ERROR,
        asset.name() + ": " + row.file() + " was removed while it was recorded; its media is lost");
    disordered();
    lane.background(this::putInOrder);
  }

  private void disordered() {
    disordered.set(true);
    changed = true;
  }

  /** Once something was removed, more may be missing, or the index may be another. */
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

  /** Closes the asset when all segments are complete and all rows are written. */
  void close(Runnable closed) {
    segments.end(
        () ->
            rows.end(
                () -> {
                  disordered.set(changed); // what was moved away may be back
                  putInOrder();
                  asset.close(closed);
                }));
  }
}
