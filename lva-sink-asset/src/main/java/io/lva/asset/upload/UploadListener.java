package io.lva.asset.upload;

import io.lva.asset.format.SegmentRow;
import java.io.IOException;

/** Told what becomes of uploads, on the threads that upload. Thread-safe. */
public interface UploadListener {
  /**
   * Takes note of a segment whose file is in the store.
   *
   * @param row of the segment
   */
  void uploaded(SegmentRow row);

  /**
   * Takes note of a segment that was deleted because the spool is full.
   *
   * @param row of the segment
   */
  void evicted(SegmentRow row);

  /**
   * Takes note of a failure; the upload is tried again.
   *
   * @param failure of the store or the spool
   */
  void failed(IOException failure);

  /** Takes note that an upload succeeded. */
  void recovered();
}
