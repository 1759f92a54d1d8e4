package io.lva.playback;

import io.lva.asset.Fragment;
import io.lva.asset.LiveAsset;
import io.lva.asset.LiveSegment;
import io.lva.asset.format.RunId;
import io.lva.asset.format.SegmentRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest segments of an asset that is recorded, with their parts.
 *
 * <p>Immutable.
 */
final class LiveEdge {
  private final List<LiveRow> rows;
  private final boolean ended;

  private LiveEdge(List<LiveRow> rows, boolean ended) {
    this.rows = rows;
    this.ended = ended;
  }

  static LiveEdge of(LiveAsset.Snapshot snapshot) {
    List<LiveRow> rows = new ArrayList<>();
    List<LiveSegment> segments = snapshot.segments();
    for (int i = 0; i < segments.size(); i++) {
      LiveSegment segment = segments.get(i);
      boolean closed = segment.complete() || snapshot.ended() || i < segments.size() - 1;
      LiveRow.of(segment, closed).ifPresent(rows::add);
    }
    return new LiveEdge(rows, snapshot.ended());
  }

  /** Says whether nothing follows. */
  boolean hasEnded() {
    return ended;
  }

  /** Returns up to where everything is complete; empty while there is nothing. */
  Optional<Instant> reached() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    LiveRow last = rows.get(rows.size() - 1);
    return Optional.of(last.completeRow().map(SegmentRow::end).orElseGet(last.row()::start));
  }

  /** Returns the segments with their complete fragments. */
  List<SegmentRow> completeRows() {
    return rows.stream().flatMap(row -> row.completeRow().stream()).toList();
  }

  /** Returns the segments, oldest first. */
  List<LiveRow> rows() {
    return rows;
  }

  /** Returns the complete fragments of the master track, oldest first. */
  List<Fragment> completeFragments() {
    List<Fragment> fragments = new ArrayList<>();
    for (LiveRow row : rows) {
      for (int i = 0; i < row.completeFragments(); i++) {
        fragments.add(new Fragment(row.row(), row.row().master(), i));
      }
    }
    return fragments;
  }

  /** Returns the segment that gets further parts. */
  Optional<LiveRow> open() {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.get(rows.size() - 1)).filter(row -> !row.isClosed());
  }

  /** Finds a segment. */
  Optional<LiveRow> find(RunId run, int sequence) {
    return rows.stream()
        .filter(row -> row.row().run().equals(run) && row.row().sequence() == sequence)
        .findFirst();
  }

  /** Returns the segment behind another in the order of recording. */
  Optional<LiveRow> behind(LiveRow row) {
    int index = rows.indexOf(row);
    return index >= 0 && index + 1 < rows.size()
        ? Optional.of(rows.get(index + 1))
        : Optional.empty();
  }

  /** Returns the parts of a fragment of the master track; empty when they are no longer known. */
  List<LiveRow.Part> parts(LineFragment fragment) {
    return find(fragment.segment().run(), fragment.segment().sequence())
        .filter(row -> fragment.number() < row.row().master().fragments().count())
        .map(row -> row.parts(fragment.number()))
        .orElse(List.of());
  }

  /**
   * Returns the longest part, in milliseconds, but for those that bridge a hole: they say nothing
   * about parts to come. 0 when there is none.
   */
  int usualPartMillis() {
    List<Integer> millis =
        rows.stream().flatMap(row -> row.partMillis().stream()).sorted().toList();
    if (millis.isEmpty()) {
      return 0;
    }
    int median = millis.get(millis.size() / 2);
    int usual = 0;
    for (int part : millis) {
      usual = part * 2 <= median * 3 ? part : usual;
    }
    return usual;
  }
}
