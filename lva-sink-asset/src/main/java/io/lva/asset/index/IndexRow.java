package io.lva.asset.index;

import java.time.Instant;

/**
 * A line of the index. Appending a row again changes nothing: the last row of a key counts, except
 * that a gap, once closed, stays closed.
 *
 * <p>Implementations are immutable.
 */
public sealed interface IndexRow permits SegmentRow, GapOpenRow, GapCloseRow, TombstoneRow {
  /**
   * Returns what the row is about; a later row of the same key replaces this one, unless it opens a
   * gap that this one closes.
   *
   * @return run and sequence of a segment, which a tombstone shares, or the id of a gap
   */
  String key();

  /**
   * Returns the instant whose UTC day says which index file holds the row.
   *
   * @return where the segment or the gap starts
   */
  Instant start();
}
