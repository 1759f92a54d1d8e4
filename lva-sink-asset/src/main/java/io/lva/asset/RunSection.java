package io.lva.asset;

import io.lva.asset.index.RunId;
import io.lva.asset.index.TrackRow;
import java.time.Instant;
import java.util.List;

/**
 * A stretch of one run without a hole. In DASH it is a period; in HLS it lies between two
 * discontinuities.
 *
 * <p>Immutable.
 *
 * @param run its run
 * @param runNumber number of runs that the asset had before it
 * @param start start of the first fragment of the master track
 * @param end end of the last fragment of the master track
 * @param tracks master track first
 */
public record RunSection(
    RunId run, int runNumber, Instant start, Instant end, List<TrackSection> tracks) {
  /**
   * Copies the list.
   *
   * @param run its run
   * @param runNumber number of runs that the asset had before it
   * @param start start of the first fragment
   * @param end end of the last fragment
   * @param tracks master track first
   */
  public RunSection {
    tracks = List.copyOf(tracks);
  }

  /**
   * A track in a section. Immutable.
   *
   * @param track timescale, initialization, codec and picture size, as in its first file
   * @param fragments in their order
   */
  public record TrackSection(TrackRow track, List<Fragment> fragments) {
    /**
     * Copies the list.
     *
     * @param track as its first file has it
     * @param fragments in their order
     */
    public TrackSection {
      fragments = List.copyOf(fragments);
    }
  }

  /**
   * Returns the track whose times are those of the section.
   *
   * @return the video track if there is one
   */
  public TrackSection master() {
    return tracks.get(0);
  }
}
