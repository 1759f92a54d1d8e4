package io.lva.asset.upload;

import io.lva.asset.index.SegmentRow;
import java.io.IOException;

/** Told what happens to uploads. Called on the threads that upload and record. Thread-safe. */
public interface UploadListener {
  /**
   * Notes a segment that readers of the store can find from now on, because its file and its row
   * are there.
   *
   * @param row of the segment
   */
  void published(SegmentRow row);

  /**
   * Notes a segment that was deleted because the spool is full.
   *
   * @param row of the segment
   */
  void evicted(SegmentRow row);

  /**
   * Notes a segment that no longer counts, because another recorder took the asset over before the
   * segment was published. Its file stays in the spool under another name.
   *
   * @param row of the segment
   */
  void superseded(SegmentRow row);

  /**
   * Notes a failure; the upload is tried again, unless the right to write was lost.
   *
   * @param failure of the store or the spool
   */
  void failed(IOException failure);

  /** Notes that the store works: an upload succeeded, or the asset is locked there. */
  void recovered();

  /**
   * Notes the present status after rows were added or published, and after failures.
   *
   * @param status the present status
   */
  void progressed(UploadStatus status);
}
