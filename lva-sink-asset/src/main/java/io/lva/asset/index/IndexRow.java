package io.lva.asset.index;

import java.time.Instant;

/**
 * A line of the index. Appending a row again changes nothing: the last row with a key counts,
 * except that a closed gap stays closed.
 *
 * <p>Implementations are immutable.
 */
public sealed interface IndexRow permits SegmentRow, GapOpenRow, GapCloseRow, TombstoneRow {
  /**
   * Returns what the row is about. A later row with the same key replaces this one, unless it opens
   * a gap that this one closes.
   *
   * @return run and sequence of a segment, which a tombstone shares, or the id of a gap
   */
  String key();

  /**
   * Returns the instant whose UTC day determines which index file holds the row.
   *
   * @return where the segment or the gap starts
   */
  Instant start();
}
