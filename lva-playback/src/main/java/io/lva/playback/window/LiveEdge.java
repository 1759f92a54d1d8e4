package io.lva.playback.window;

import io.lva.asset.Fragment;
import io.lva.asset.LiveAsset;
import io.lva.asset.LiveSegment;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest segments of an asset that is recorded, with their parts.
 *
 * <p>Immutable.
 */
public final class LiveEdge {
  private final List<LiveRow> rows;
  private final boolean ended;

  private LiveEdge(List<LiveRow> rows, boolean ended) {
    this.rows = rows;
    this.ended = ended;
  }

  /**
   * Creates the edge of a recording.
   *
   * @param snapshot of the recording
   * @return its newest segments
   */
  public static LiveEdge of(LiveAsset.Snapshot snapshot) {
    List<LiveRow> rows = new ArrayList<>();
    List<LiveSegment> segments = snapshot.segments();
    for (int i = 0; i < segments.size(); i++) {
      LiveSegment segment = segments.get(i);
      boolean closed = segment.complete() || snapshot.ended() || i < segments.size() - 1;
      LiveRow.of(segment, closed).ifPresent(rows::add);
    }
    return new LiveEdge(rows, snapshot.ended());
  }

  /** Returns whether nothing follows. */
  boolean hasEnded() {
    return ended;
  }

  /** Returns the instant up to which everything is complete; empty while there is nothing. */
  Optional<Instant> reached() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    LiveRow last = rows.get(rows.size() - 1);
    return Optional.of(last.completeRow().map(SegmentRow::end).orElseGet(last.row()::start));
  }

  /**
   * Returns the time range of the newest segment, including the fragment under construction.
   *
   * @return from the start of its first sample to the end of its last; empty while there is no
   *     segment
   */
  public Optional<TimeRange> newest() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    SegmentRow row = rows.get(rows.size() - 1).row();
    return Optional.of(new TimeRange(row.start(), row.end()));
  }

  /**
   * Returns the segments with their complete fragments.
   *
   * @return the segments, oldest first
   */
  public List<SegmentRow> completeRows() {
    return rows.stream().flatMap(row -> row.completeRow().stream()).toList();
  }

  /** Returns the segments, oldest first. */
  List<LiveRow> rows() {
    return rows;
  }

  /** Returns the complete fragments of a track, oldest first. */
  List<Fragment> completeFragments(TrackKind kind) {
    List<Fragment> fragments = new ArrayList<>();
    for (LiveRow row : rows) {
      for (int i = 0; i < row.completeFragments(kind); i++) {
        fragments.add(new Fragment(row.row(), row.track(kind).orElseThrow(), i));
      }
    }
    return fragments;
  }

  /**
   * Returns the complete fragments of a track.
   *
   * @param trackId number of the track in its files
   * @return the complete fragments, oldest first
   */
  public List<Fragment> completeFragments(int trackId) {
    List<Fragment> fragments = new ArrayList<>();
    for (SegmentRow row : completeRows()) {
      for (TrackRow track : row.tracks()) {
        for (int i = 0; track.id() == trackId && i < track.fragments().count(); i++) {
          fragments.add(new Fragment(row, track, i));
        }
      }
    }
    return fragments;
  }

  /** Returns whether the edge begins at or before a segment, so that nothing between is missing. */
  boolean reachesBackTo(SegmentRef segment) {
    return !rows.isEmpty() && SegmentRef.of(rows.get(0).row()).compareTo(segment) <= 0;
  }

  /**
   * Returns the segment that gets further parts.
   *
   * @return the segment, or empty when there is none at this moment
   */
  public Optional<LiveRow> open() {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.get(rows.size() - 1)).filter(row -> !row.isClosed());
  }

  /**
   * Finds a segment.
   *
   * @param run its run
   * @param sequence its place in the run
   * @return the segment, if it is among the newest
   */
  public Optional<LiveRow> find(RunId run, int sequence) {
    return rows.stream()
        .filter(row -> row.row().run().equals(run) && row.row().sequence() == sequence)
        .findFirst();
  }

  /**
   * Returns the segment that was recorded after another.
   *
   * @param row of this edge
   * @return the segment, or empty when it is the newest
   */
  public Optional<LiveRow> after(LiveRow row) {
    int index = rows.indexOf(row);
    return index >= 0 && index + 1 < rows.size()
        ? Optional.of(rows.get(index + 1))
        : Optional.empty();
  }

  /** Returns the parts of a fragment; empty when they are no longer known. */
  List<LiveRow.NumberedPart> parts(LineFragment fragment) {
    return find(fragment.segment().run(), fragment.segment().sequence())
        .map(row -> row.parts(fragment.track().id(), fragment.number()))
        .orElse(List.of());
  }

  /**
   * Returns the length of the longest part of a track, in milliseconds; 0 when there is none. Parts
   * far longer than the median are left out: they bridge a hole and say nothing about parts to
   * come.
   */
  int usualPartMillis(TrackKind kind) {
    List<Integer> millis =
        rows.stream().flatMap(row -> row.partMillis(kind).stream()).sorted().toList();
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
