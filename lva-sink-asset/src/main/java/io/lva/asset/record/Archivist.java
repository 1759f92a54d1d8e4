package io.lva.asset.record;

import io.lva.asset.format.IndexRow;
import io.lva.asset.format.SegmentRow;
import java.util.function.Consumer;

/**
 * Tidies up behind a writer: gives complete segments their names and appends rows to the index,
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

  Archivist(OpenAsset asset, RetryQueue segments, RetryQueue rows) {
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
          segment.file().complete();
          segment.row().ifPresent(row -> completed(row, completed));
        });
  }

  private void completed(SegmentRow row, Consumer<SegmentRow> completed) {
    append(row);
    completed.accept(row);
  }

  /** Appends a row to the index. */
  void append(IndexRow row) {
    if (rows.size() < MOST_WAITING_ROWS) {
      rows.add(() -> asset.append(row));
    } else {
      LOGGER.log(System.Logger.Level.WARNING, asset.name() + ": a row of the index was dropped");
    }
  }

  /** Closes the asset when all segments are complete and all rows are written. */
  void close(Runnable closed) {
    segments.end(() -> rows.end(() -> asset.close(closed)));
  }
}
