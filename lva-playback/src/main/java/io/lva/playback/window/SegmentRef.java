package io.lva.playback.window;

import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.playback.address.MediaAddress;
import java.util.stream.Collectors;

/**
 * Names a segment file, and sorts segments in the order of recording, which a step of the clock
 * does not change.
 *
 * <p>Immutable.
 *
 * @param run its run
 * @param runNumber number of runs that the asset had before it
 * @param sequence its place in the run
 * @param folder address of its media, with a slash at the end
 * @param format names the initialization segments of all its tracks, by their content
 */
public record SegmentRef(RunId run, int runNumber, int sequence, String folder, String format)
    implements Comparable<SegmentRef> {
  /**
   * Creates a reference to a segment.
   *
   * @param run see above
   * @param runNumber see above
   * @param sequence see above
   * @param folder see above
   * @param format see above
   */
  public SegmentRef {}

  /**
   * Names a segment.
   *
   * @param row of the segment
   * @return its name
   */
  public static SegmentRef of(SegmentRow row) {
    return new SegmentRef(
        row.run(),
        row.runNumber(),
        row.sequence(),
        MediaAddress.folder(Utc.day(row.start()), row.run(), row.sequence()),
        row.tracks().stream().map(TrackRow::init).collect(Collectors.joining("-")));
  }

  @Override
  public int compareTo(SegmentRef other) {
    int byRun = Integer.compare(runNumber, other.runNumber);
    if (byRun != 0) {
      return byRun;
    }
    int byName = run.text().compareTo(other.run.text());
    return byName != 0 ? byName : Integer.compare(sequence, other.sequence);
  }
}
