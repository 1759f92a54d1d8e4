package io.lva.asset;

import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import java.time.Instant;

/**
 * A fragment of a track, which a player is given as one segment. It takes 24 bytes of memory in
 * addition to the row of its file.
 *
 * <p>Immutable.
 *
 * @param segment the file it lies in
 * @param track its track in that file
 * @param number its place among the fragments of the track in that file, from 0
 */
public record Fragment(SegmentRow segment, TrackRow track, int number) {
  /**
   * Creates a fragment.
   *
   * @param segment the file it lies in
   * @param track its track in that file
   * @param number its place among the fragments of the track in that file, from 0
   */
  public Fragment {}

  /**
   * Returns the run of this fragment.
   *
   * @return the name of the run
   */
  public RunId run() {
    return segment.run();
  }

  /**
   * Returns the place of its file in the run.
   *
   * @return 0 or more
   */
  public int sequence() {
    return segment.sequence();
  }

  /**
   * Returns the name that the file has when it is complete. While it is being written, {@code
   * .part} follows the name; see {@link AssetReader#open}.
   *
   * @return the name, relative to the folder of the asset
   */
  public String file() {
    return segment.file();
  }

  /**
   * Returns where the bytes of this fragment begin.
   *
   * @return offset of its first {@code moof} in the file
   */
  public long offset() {
    return track.fragments().offset(number);
  }

  /**
   * Returns how many bytes this fragment takes in its file.
   *
   * @return the length, from its first {@code moof} to the end of its last {@code mdat}; parts of
   *     other tracks may lie in between and must be left out
   */
  public int lengthBytes() {
    return track.fragments().length(number);
  }

  /**
   * Returns when the fragment starts.
   *
   * @return ticks of the track since the Unix epoch
   */
  public long startTicks() {
    return track.startTicks() + track.fragments().startTicks(number);
  }

  /**
   * Returns how long the fragment lasts.
   *
   * @return ticks of the track until the next fragment starts; for the last one of a file, until
   *     its samples end
   */
  public long durationTicks() {
    return track.fragments().durationTicks(number);
  }

  /**
   * Returns when the fragment ends.
   *
   * @return ticks of the track since the Unix epoch
   */
  public long endTicks() {
    return startTicks() + durationTicks();
  }

  /**
   * Returns when the fragment starts.
   *
   * @return the instant, rounded down to the nanosecond
   */
  public Instant start() {
    return Utc.instant(startTicks(), track.timescale());
  }

  /**
   * Returns when the fragment ends.
   *
   * @return the instant, rounded down to the nanosecond
   */
  public Instant end() {
    return Utc.instant(endTicks(), track.timescale());
  }

  /**
   * Returns what must be added to the {@code tfdt} of the fragment's parts.
   *
   * @return the UTC time at which the file's time is zero, in ticks of the track since the Unix
   *     epoch
   */
  public long baseTicks() {
    return track.base();
  }

  /**
   * Returns whether decoding can start at this fragment.
   *
   * @return false when the file or the fragment before it had to be cut before a sync sample came
   */
  public boolean independent() {
    boolean cutFile = number == 0 && segment.unsyncedStart() && track.id() == segment.master().id();
    return !cutFile && !track.fragments().isDependent(number);
  }
}
