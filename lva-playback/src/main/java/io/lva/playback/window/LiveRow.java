package io.lva.playback.window;

import io.lva.asset.Fragment;
import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.asset.RunSection;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A live segment and the parts of its tracks. The segment has the form that it will have in the
 * index, so that a fragment keeps its number when the segment is complete.
 *
 * <p>Immutable.
 */
public final class LiveRow {
  private final boolean closed;
  private final SegmentRow row;
  private final Optional<SegmentRow> completeRow;
  private final List<LivePart> parts;

  /**
   * A part of one track.
   *
   * @param number its place among the parts of the track in the segment, from 0
   * @param part where its bytes are
   */
  public record NumberedPart(int number, LivePart part) {
    /**
     * Creates a part.
     *
     * @param number see above
     * @param part see above
     */
    public NumberedPart {}
  }

  private LiveRow(
      LiveSegment segment, boolean closed, SegmentRow row, Optional<SegmentRow> completeRow) {
    this.closed = closed;
    this.row = row;
    this.completeRow = completeRow;
    this.parts = segment.parts();
  }

  /**
   * Gathers the parts of a segment.
   *
   * @param closed whether no part follows
   * @return the row, or empty while the master track has no part
   */
  static Optional<LiveRow> of(LiveSegment segment, boolean closed) {
    return segment
        .row()
        .map(
            row ->
                new LiveRow(
                    segment, closed, row, closed ? Optional.of(row) : segment.completeFragments()));
  }

  /**
   * Returns whether no part follows.
   *
   * @return false while the file is being written
   */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Returns the row with everything that was written, including the fragment under construction.
   *
   * @return the row, as if the file ended here
   */
  public SegmentRow row() {
    return row;
  }

  /**
   * Returns the row with complete fragments only.
   *
   * @return the row, or empty while there is none
   */
  public Optional<SegmentRow> completeRow() {
    return completeRow;
  }

  /** Returns all that was written, including the fragment under construction, as one stretch. */
  RunSection section() {
    List<RunSection.TrackSection> tracks = new ArrayList<>();
    for (TrackRow track : row.tracks()) {
      List<Fragment> fragments = new ArrayList<>();
      for (int i = 0; i < track.fragments().count(); i++) {
        fragments.add(new Fragment(row, track, i));
      }
      tracks.add(new RunSection.TrackSection(track, fragments));
    }
    return new RunSection(row.run(), row.runNumber(), row.start(), row.end(), tracks);
  }

  /**
   * Returns the fragment of a track that may get further parts.
   *
   * @param trackId number of the track in the file
   * @return the fragment with what has been written of it; empty when all fragments are complete
   */
  public Optional<Fragment> growing(int trackId) {
    int complete =
        completeRow
            .flatMap(found -> track(found, trackId))
            .map(count -> count.fragments().count())
            .orElse(0);
    return track(row, trackId)
        .filter(track -> track.fragments().count() > complete)
        .map(track -> new Fragment(row, track, complete));
  }

  private static Optional<TrackRow> track(SegmentRow row, int trackId) {
    return row.tracks().stream().filter(track -> track.id() == trackId).findFirst();
  }

  /** Returns the track of a kind, including the fragment under construction. */
  Optional<TrackRow> track(TrackKind kind) {
    return kind.in(row);
  }

  /** Returns how many fragments of a track get no further part. */
  int completeFragments(TrackKind kind) {
    return completeRow.flatMap(kind::in).map(track -> track.fragments().count()).orElse(0);
  }

  /** Returns the parts of a fragment. */
  List<NumberedPart> parts(TrackKind kind, int fragment) {
    return track(kind).map(track -> parts(track, fragment)).orElse(List.of());
  }

  /** Returns the parts of a fragment; empty when the track has no such fragment. */
  List<NumberedPart> parts(int trackId, int fragment) {
    return track(row, trackId).map(track -> parts(track, fragment)).orElse(List.of());
  }

  private List<NumberedPart> parts(TrackRow track, int fragment) {
    Fragments fragments = track.fragments();
    if (fragment >= fragments.count()) {
      return List.of();
    }
    long from = fragments.offset(fragment);
    long to = from + fragments.length(fragment);
    List<NumberedPart> found = new ArrayList<>();
    int number = 0;
    for (LivePart part : parts) {
      if (part.trackId() == track.id()) {
        if (part.offset() >= from && part.offset() < to) {
          found.add(new NumberedPart(number, part));
        }
        number++;
      }
    }
    return found;
  }

  /** Returns how many parts a track has. */
  int partCount(TrackKind kind) {
    return track(kind).map(track -> partCount(track.id())).orElse(0);
  }

  /**
   * Returns how many parts a track has.
   *
   * @param trackId number of the track in the file
   * @return 0 or more
   */
  public int partCount(int trackId) {
    return (int) parts.stream().filter(part -> part.trackId() == trackId).count();
  }

  /**
   * Returns a part of a track.
   *
   * @param trackId number of the track in the file
   * @param number its place among the parts of the track, from 0
   * @return the part, or empty when it is not written yet
   */
  public Optional<LivePart> part(int trackId, int number) {
    return parts.stream().filter(part -> part.trackId() == trackId).skip(number).findFirst();
  }

  /** Returns the lengths of a track's parts, in milliseconds, rounded up. */
  List<Integer> partMillis(TrackKind kind) {
    return track(kind).map(this::partMillis).orElse(List.of());
  }

  private List<Integer> partMillis(TrackRow track) {
    int timescale = track.timescale();
    return parts.stream()
        .filter(part -> part.trackId() == track.id())
        .map(part -> (int) ((part.durationTicks() * 1000 + timescale - 1) / timescale))
        .toList();
  }
}
