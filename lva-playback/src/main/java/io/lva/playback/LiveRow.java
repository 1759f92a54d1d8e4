package io.lva.playback;

import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.asset.store.Fragments;
import io.lva.asset.store.SegmentRow;
import io.lva.asset.store.SegmentRowBuilder;
import io.lva.asset.store.TrackRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live segment as the index will have it: its parts gathered into fragments by the rule of {@link
 * SegmentRowBuilder}, so that a fragment keeps its number when the segment is complete.
 *
 * <p>Immutable.
 */
final class LiveRow {
  private static final long LONGEST_FRAGMENT_BYTES = 1L << 30;

  private final LiveSegment segment;
  private final boolean closed;
  private final List<Gathering> tracks;
  private final SegmentRow row;

  /**
   * A part of the master track.
   *
   * @param number its place among the parts of the track in the segment, from 0
   * @param part where its bytes are
   */
  record Part(int number, LivePart part) {}

  private LiveRow(LiveSegment segment, boolean closed, List<Gathering> tracks) {
    this.segment = segment;
    this.closed = closed;
    this.tracks = tracks;
    this.row = row(true);
  }

  /**
   * Gathers the parts of a segment.
   *
   * @param closed whether no part follows
   * @return empty while the master track has no part
   */
  static Optional<LiveRow> of(LiveSegment segment, boolean closed) {
    List<Gathering> tracks = segment.tracks().stream().map(Gathering::new).toList();
    Gathering master = tracks.get(0);
    for (LivePart part : segment.parts()) {
      for (Gathering track : tracks) {
        if (track.row.id() == part.trackId() && track.add(part, track == master)) {
          tracks.forEach(other -> other.cut = other != master);
        }
      }
    }
    return master.spans.isEmpty()
        ? Optional.empty()
        : Optional.of(new LiveRow(segment, closed, tracks));
  }

  LiveSegment segment() {
    return segment;
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
    return completeFragments() == 0 ? Optional.empty() : Optional.of(closed ? row : row(false));
  }

  /** Returns how many fragments of the master track get no further part. */
  int completeFragments() {
    return tracks.get(0).spans.size() - (closed ? 0 : 1);
  }

  /** Returns the parts of a fragment of the master track. */
  List<Part> parts(int fragment) {
    return tracks.get(0).spans.get(fragment).parts;
  }

  /** Returns how many parts the master track has. */
  int partCount() {
    return tracks.get(0).partCount;
  }

  /** Returns a part of a track. */
  Optional<LivePart> part(int trackId, int number) {
    return segment.parts().stream()
        .filter(part -> part.trackId() == trackId)
        .skip(number)
        .findFirst();
  }

  /** Returns the longest part of the master track, in milliseconds. */
  int longestPartMillis() {
    Gathering master = tracks.get(0);
    return (int) ((master.longestPartTicks * 1000 - 1) / master.row.timescale() + 1);
  }

  private SegmentRow row(boolean withOpen) {
    long end = 0;
    List<TrackRow> rows = new ArrayList<>();
    for (Gathering track : tracks) {
      rows.add(track.row(withOpen));
      end = Math.max(end, track.endOffset());
    }
    boolean independent = parts(0).get(0).part().independent();
    return new SegmentRow(
        segment.run(),
        segment.runNumber(),
        segment.sequence(),
        segment.file(),
        end,
        segment.sequence() > 0 && segment.gaps().isEmpty(),
        !independent,
        rows);
  }

  /** A fragment: consecutive parts of a track. */
  private static final class Span {
    private final long offset;
    private final long startTicks;
    private final List<Part> parts = new ArrayList<>();
    private long endOffset;
    private long endTicks;

    Span(LivePart first) {
      offset = first.offset();
      startTicks = first.decodeTime();
    }

    void add(int number, LivePart part) {
      parts.add(new Part(number, part));
      endOffset = part.offset() + part.sizeBytes();
      endTicks = part.decodeTime() + part.durationTicks();
    }
  }

  /** The fragments of a track so far. */
  private static final class Gathering {
    private final TrackRow row;
    private final List<Span> spans = new ArrayList<>();
    private @Nullable Span open;
    private int partCount;
    private long longestPartTicks;
    private boolean cut;

    Gathering(TrackRow row) {
      this.row = row;
    }

    /** Adds a part; returns whether it ended a fragment. */
    boolean add(LivePart part, boolean isMaster) {
      Span span = open;
      boolean ends = span != null && ends(span, part, isMaster);
      if (span == null || ends) {
        span = new Span(part);
        spans.add(span);
        open = span;
        cut = false;
      }
      span.add(partCount, part);
      partCount++;
      longestPartTicks = Math.max(longestPartTicks, part.durationTicks());
      return isMaster && ends;
    }

    private boolean ends(Span span, LivePart part, boolean isMaster) {
      boolean longEnough =
          part.decodeTime() - span.startTicks
              >= (long) SegmentRowBuilder.SHORTEST_FRAGMENT_SECONDS * row.timescale();
      return (isMaster && part.independent() && longEnough)
          || cut
          || part.offset() + part.sizeBytes() - span.offset > LONGEST_FRAGMENT_BYTES;
    }

    long endOffset() {
      return spans.isEmpty() ? 0 : spans.get(spans.size() - 1).endOffset;
    }

    TrackRow row(boolean withOpen) {
      int count = Math.max(0, withOpen ? spans.size() : spans.size() - 1);
      Fragments.Builder fragments = Fragments.builder();
      for (int i = 0; i < count; i++) {
        Span span = spans.get(i);
        long end = i + 1 < spans.size() ? spans.get(i + 1).startTicks : span.endTicks;
        fragments.add(span.offset, span.endOffset - span.offset, end - span.startTicks);
      }
      return new TrackRow(
          row.id(),
          row.timescale(),
          row.base(),
          spans.isEmpty() ? 0 : spans.get(0).startTicks - row.base(),
          row.init(),
          row.codec(),
          row.width(),
          row.height(),
          fragments.build());
    }
  }
}
