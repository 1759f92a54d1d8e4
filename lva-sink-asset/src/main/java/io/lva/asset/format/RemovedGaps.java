package io.lva.asset.format;

import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.SegmentRow;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;

/**
 * The gaps of segments whose files somebody removed. Such a gap counts only while its segment is
 * not in the index, because a file may be put back.
 *
 * <p>Thread-safe: there is no state.
 */
public final class RemovedGaps {
  private static final String PREFIX = "removed-";

  private RemovedGaps() {}

  /**
   * Returns the gap of a segment.
   *
   * @param removed the segment
   * @return the gap over all of its media
   */
  public static GapCloseRow of(SegmentRow removed) {
    String id = PREFIX + removed.key().replace('/', '-');
    Gap gap = Gap.open(id, removed.start(), GapOrigin.RUNTIME, GapCause.STORAGE_ERROR);
    return new GapCloseRow(gap.closedAt(removed.end()), false);
  }

  /** Returns the key of the segment that a gap stands for; empty for all other gaps. */
  static String segmentKey(Gap gap) {
    return gap.id().startsWith(PREFIX) ? gap.id().substring(PREFIX.length()).replace('-', '/') : "";
  }
}
