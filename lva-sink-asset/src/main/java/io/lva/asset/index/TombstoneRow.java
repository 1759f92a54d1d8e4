package io.lva.asset.index;

import io.lva.media.GapCause;
import java.time.Instant;

/**
 * A segment that was deleted. This row replaces its {@link SegmentRow}.
 *
 * <p>Immutable.
 *
 * @param run its run
 * @param sequence its place in the run
 * @param file relative to the folder of the asset
 * @param start when its media started
 * @param end when its media ended
 * @param cause why it was deleted
 */
public record TombstoneRow(
    RunId run, int sequence, String file, Instant start, Instant end, GapCause cause)
    implements IndexRow {
  /**
   * Checks the values.
   *
   * @param run its run
   * @param sequence its place in the run
   * @param file the name of a complete segment of this run and sequence
   * @param start when its media started
   * @param end when its media ended
   * @param cause why it was deleted
   * @throws IllegalArgumentException when the file name is not the name of that segment
   */
  public TombstoneRow {
    SegmentRow.checkFile(file, run, sequence);
  }

  @Override
  public String key() {
    return run + "/" + sequence;
  }
}
