package io.lva.asset;

import io.lva.asset.index.SegmentRow;
import java.util.List;
import java.util.Optional;

/** What is being recorded and may not be in the index yet. Thread-safe. */
@FunctionalInterface
public interface LiveSource {
  /**
   * Returns the newest segments: the ones that are being written, with their complete fragments,
   * and the ones whose rows may still be on the way to the index.
   *
   * @return rows as the index would have them now; empty when nothing is recorded in this process
   */
  Optional<List<SegmentRow>> segments();
}
