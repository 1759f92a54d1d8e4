package io.lva.asset;

import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.media.Gap;
import java.util.List;
import java.util.Optional;

/**
 * A segment that is being written or was being written until recently.
 *
 * <p>Immutable: it holds what was known when the snapshot was taken. All parts named here can be
 * read.
 *
 * @param epoch epoch of the lock under which it is written
 * @param run its run
 * @param runNumber number of runs that the asset had before this one
 * @param sequence its place in the run
 * @param file name of the complete segment, relative to the folder of the asset
 * @param complete false if {@code .part} followed the name of the file when the snapshot was taken
 * @param headBytes size of {@code ftyp}, {@code moov} and what lies before the first part
 * @param tracks master first, as in the index, without fragments; {@code start} is 0 where the
 *     track has no part yet
 * @param gaps why it does not continue what lies before it; empty when it continues that
 * @param bridged the holes that were bridged within it
 * @param parts in the order of the file, of all tracks
 */
public record LiveSegment(
    long epoch,
    RunId run,
    int runNumber,
    int sequence,
    String file,
    boolean complete,
    long headBytes,
    List<TrackRow> tracks,
    List<Gap> gaps,
    List<Gap> bridged,
    List<LivePart> parts) {
  /**
   * Copies the lists.
   *
   * @param epoch see above
   * @param run see above
   * @param runNumber see above
   * @param sequence see above
   * @param file see above
   * @param complete see above
   * @param headBytes see above
   * @param tracks see above
   * @param gaps see above
   * @param bridged see above
   * @param parts see above
   */
  public LiveSegment {
    tracks = List.copyOf(tracks);
    gaps = List.copyOf(gaps);
    bridged = List.copyOf(bridged);
    parts = List.copyOf(parts);
  }

  /**
   * Returns the name of the file as far as this snapshot knows.
   *
   * @return {@link #file}, followed by {@code .part} unless the segment is complete
   */
  public String currentFile() {
    return complete ? file : file + SegmentName.PART_SUFFIX;
  }

  /**
   * Returns the row that the index would have for this segment if it ended here.
   *
   * @return the row; empty while the master track has no part
   * @throws IllegalStateException when the parts do not fit the tracks
   */
  public Optional<SegmentRow> row() {
    return gathered(SegmentRowBuilder::row);
  }

  /**
   * Returns the row with only those fragments that will get no further parts as the segment grows.
   *
   * @return the row; empty while the master track has no such fragment
   * @throws IllegalStateException when the parts do not fit the tracks
   */
  public Optional<SegmentRow> completeFragments() {
    return gathered(SegmentRowBuilder::completeFragments);
  }

  /** Turns the parts that a builder was given into a result. */
  private interface Outcome {
    Optional<SegmentRow> of(SegmentRowBuilder builder, long sizeBytes) throws AssetFormatException;
  }

  private Optional<SegmentRow> gathered(Outcome outcome) {
    try {
      SegmentRowBuilder builder = new SegmentRowBuilder(template());
      long size = headBytes;
      for (LivePart part : parts) {
        builder.part(
            part.trackId(),
            part.offset(),
            part.sizeBytes(),
            part.decodeTime() - base(part.trackId()),
            part.durationTicks(),
            part.independent());
        size = part.offset() + part.sizeBytes();
      }
      return outcome.of(builder, size);
    } catch (AssetFormatException e) {
      throw new IllegalStateException("the recorder makes parts that it cannot read", e);
    }
  }

  private SegmentRow template() {
    int master = tracks.get(0).id();
    boolean unsynced =
        parts.stream()
            .filter(part -> part.trackId() == master)
            .findFirst()
            .map(part -> !part.independent())
            .orElse(false);
    return new SegmentRow(
        epoch,
        run,
        runNumber,
        sequence,
        file,
        /* sizeBytes= */ 0,
        sequence > 0 && gaps.isEmpty(),
        unsynced,
        tracks);
  }

  private long base(int trackId) {
    return tracks.stream()
        .filter(track -> track.id() == trackId)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no track " + trackId))
        .base();
  }
}
