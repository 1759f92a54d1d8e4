package io.lva.asset.index;

import io.lva.media.Ticks;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A complete segment.
 *
 * <p>Immutable.
 *
 * @param epoch of the lock under which its file was written; 0 in files of format 1, and in a spool
 *     while the store is away
 * @param run its run
 * @param runNumber number of runs that the asset had before this one; where runs overlap, the
 *     higher wins
 * @param sequence its place in the run
 * @param file relative to the folder of the asset
 * @param sizeBytes of the file
 * @param continues whether it continues the segment before it in its run
 * @param unsyncedStart whether decoding cannot start at its first video sample
 * @param tracks 1 to 16; the first is the master, whose times are those of the segment
 */
public record SegmentRow(
    long epoch,
    RunId run,
    int runNumber,
    int sequence,
    String file,
    long sizeBytes,
    boolean continues,
    boolean unsyncedStart,
    List<TrackRow> tracks)
    implements IndexRow {
  /** The order in which segments of an asset were recorded, whatever their clocks showed. */
  public static final Comparator<SegmentRow> BY_RECORDING =
      Comparator.comparingInt(SegmentRow::runNumber).thenComparingInt(SegmentRow::sequence);

  /** The most tracks of a segment. */
  public static final int MAXIMUM_TRACKS = 16;

  /**
   * Checks the values.
   *
   * @param epoch 0 or more
   * @param run its run
   * @param runNumber 0 or more
   * @param sequence 0 to 999 999 999
   * @param file the name of a complete segment of this run and sequence
   * @param sizeBytes 0 or more
   * @param continues see above
   * @param unsyncedStart see above
   * @param tracks 1 to 16
   * @throws IllegalArgumentException when a value is outside its range
   */
  public SegmentRow {
    tracks = List.copyOf(tracks);
    checkFile(file, run, sequence);
    if (epoch < 0 || runNumber < 0 || sizeBytes < 0) {
      throw new IllegalArgumentException(file + ": a number is out of range");
    }
    if (tracks.isEmpty() || tracks.size() > MAXIMUM_TRACKS) {
      throw new IllegalArgumentException(file + ": " + tracks.size() + " tracks");
    }
  }

  static void checkFile(String file, RunId run, int sequence) {
    SegmentName name =
        SegmentName.parse(file)
            .orElseThrow(() -> new IllegalArgumentException("not a segment: '" + file + "'"));
    if (name.part() || !name.run().equals(run) || name.sequence() != sequence) {
      throw new IllegalArgumentException("'" + file + "' is not segment " + run + "/" + sequence);
    }
  }

  /**
   * Returns the track whose times are those of the segment.
   *
   * @return the video track where there is one
   */
  public TrackRow master() {
    return tracks.get(0);
  }

  /**
   * Returns where the segment starts.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long startNanos() {
    return nanos(master().startTicks());
  }

  /**
   * Returns where the segment ends.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long endNanos() {
    return nanos(master().endTicks());
  }

  /**
   * Returns a copy with another epoch.
   *
   * @param newEpoch the new epoch of its file, 0 or more
   * @return a row that is otherwise the same
   * @throws IllegalArgumentException when the epoch is negative
   */
  public SegmentRow withEpoch(long newEpoch) {
    return new SegmentRow(
        newEpoch, run, runNumber, sequence, file, sizeBytes, continues, unsyncedStart, tracks);
  }

  private long nanos(long ticks) {
    return Ticks.convert(ticks, master().timescale(), Ticks.NANOS_PER_SECOND);
  }

  @Override
  public String key() {
    return run + "/" + sequence;
  }

  @Override
  public Instant start() {
    return Instant.ofEpochSecond(0, startNanos());
  }

  /**
   * Returns where the segment ends.
   *
   * @return the end of its master track, rounded down to the nanosecond
   */
  public Instant end() {
    return Instant.ofEpochSecond(0, endNanos());
  }
}
