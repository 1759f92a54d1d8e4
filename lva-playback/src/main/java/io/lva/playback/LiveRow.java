package io.lva.playback;

import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.asset.format.Fragments;
import io.lva.asset.format.SegmentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A live segment as the index will have it, so that a fragment keeps its number when the segment is
 * complete; and the parts of its master track.
 *
 * <p>Immutable.
 */
final class LiveRow {
  private final boolean closed;
  private final SegmentRow row;
  private final Optional<SegmentRow> completeRow;
  private final List<LivePart> parts;
  private final List<LivePart> allParts;

  /**
   * A part of the master track.
   *
   * @param number its place among the parts of the track in the segment, from 0
   * @param part where its bytes are
   */
  record Part(int number, LivePart part) {}

  private LiveRow(
      LiveSegment segment, boolean closed, SegmentRow row, Optional<SegmentRow> completeRow) {
    this.closed = closed;
    this.row = row;
    this.completeRow = completeRow;
    this.allParts = segment.parts();
    this.parts = partsOf(segment, row.master().id());
  }

  /**
   * Gathers the parts of a segment.
   *
   * @param closed whether no part follows
   * @return empty while the master track has no part
   */
  static Optional<LiveRow> of(LiveSegment segment, boolean closed) {
    return segment
        .row()
        .map(
            row ->
                new LiveRow(
                    segment, closed, row, closed ? Optional.of(row) : segment.completeFragments()));
  }

  private static List<LivePart> partsOf(LiveSegment segment, int trackId) {
    return segment.parts().stream().filter(part -> part.trackId() == trackId).toList();
  }

  /** Says whether no part follows. */
  boolean isClosed() {
    return closed;
  }

  /** Returns the row with everything that was written, the fragment under construction too. */
  SegmentRow row() {
    return row;
  }

  /** Returns the row with complete fragments only; empty while there is none. */
  Optional<SegmentRow> completeRow() {
    return completeRow;
  }

  /** Returns how many fragments of the master track get no further part. */
  int completeFragments() {
    return completeRow.map(complete -> complete.master().fragments().count()).orElse(0);
  }

  /** Returns the parts of a fragment of the master track. */
  List<Part> parts(int fragment) {
    Fragments fragments = row.master().fragments();
    long from = fragments.offset(fragment);
    long to = from + fragments.length(fragment);
    List<Part> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).offset() >= from && parts.get(i).offset() < to) {
        found.add(new Part(i, parts.get(i)));
      }
    }
    return found;
  }

  /** Returns how many parts the master track has. */
  int partCount() {
    return parts.size();
  }

  /** Returns a part of a track. */
  Optional<LivePart> part(int trackId, int number) {
    return allParts.stream().filter(part -> part.trackId() == trackId).skip(number).findFirst();
  }

  /** Returns the lengths of the master track's parts, in milliseconds, rounded up. */
  List<Integer> partMillis() {
    int timescale = row.master().timescale();
    return parts.stream()
        .map(part -> (int) ((part.durationTicks() * 1000 + timescale - 1) / timescale))
        .toList();
  }
}
