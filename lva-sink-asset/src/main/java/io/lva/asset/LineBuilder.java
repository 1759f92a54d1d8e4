package io.lva.asset;

import io.lva.asset.RunSection.TrackSection;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import io.lva.media.Ticks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes one time line from segments that may overlap; where runs overlap, the run that was recorded
 * later is shown. A fragment belongs to the line when its start is shown.
 *
 * <p>Immutable.
 */
final class LineBuilder {
  private final long startNanos;
  private final long endNanos;

  /** A stretch of a segment that is shown. */
  private record Piece(SegmentRow row, long startNanos, long endNanos) {}

  LineBuilder(long startNanos, long endNanos) {
    this.startNanos = startNanos;
    this.endNanos = endNanos;
  }

  /** Returns the sections between the bounds; fragments that cross a bound are not cut. */
  List<RunSection> sections(List<SegmentRow> rows) {
    List<RunSection> sections = new ArrayList<>();
    List<Piece> open = new ArrayList<>();
    for (Piece piece : pieces(rows)) {
      if (!open.isEmpty() && !continues(open.get(open.size() - 1), piece)) {
        section(open).ifPresent(sections::add);
        open.clear();
      }
      open.add(piece);
    }
    section(open).ifPresent(sections::add);
    return sections;
  }

  /**
   * Returns the pieces of the segments that are shown, by start; later runs hide what they cover.
   */
  private static List<Piece> pieces(List<SegmentRow> rows) {
    List<SegmentRow> byRun = new ArrayList<>(rows);
    byRun.sort(
        Comparator.comparingInt(SegmentRow::runNumber)
            .reversed()
            .thenComparing(
                Comparator.comparing((SegmentRow row) -> row.run().text())
                    .thenComparingInt(SegmentRow::sequence)));
    TimeRanges covered = new TimeRanges();
    List<Piece> pieces = new ArrayList<>();
    for (SegmentRow row : byRun) {
      for (TimeRange shown : covered.holes(row.startNanos(), row.endNanos())) {
        boolean sliver = shown.endNanos() - shown.startNanos() < TimeRanges.JOINED_NANOS;
        if (!sliver) {
          pieces.add(new Piece(row, shown.startNanos(), shown.endNanos()));
        }
      }
      covered.add(row.startNanos(), row.endNanos());
    }
    pieces.sort(Comparator.comparingLong(Piece::startNanos));
    return pieces;
  }

  private static boolean continues(Piece before, Piece piece) {
    int step = piece.row().sequence() - before.row().sequence();
    return piece.row().run().equals(before.row().run())
        && (step == 0 || step == 1)
        && piece.startNanos() == before.endNanos()
        && sameInit(before.row(), piece.row());
  }

  private static boolean sameInit(SegmentRow before, SegmentRow row) {
    if (before.tracks().size() != row.tracks().size()) {
      return false;
    }
    for (int i = 0; i < row.tracks().size(); i++) {
      if (!before.tracks().get(i).init().equals(row.tracks().get(i).init())) {
        return false;
      }
    }
    return true;
  }

  private Optional<RunSection> section(List<Piece> pieces) {
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    SegmentRow first = pieces.get(0).row();
    long from = independentStart(pieces.get(0));
    List<TrackSection> tracks = new ArrayList<>();
    for (int i = 0; i < first.tracks().size(); i++) {
      List<Fragment> fragments = new ArrayList<>();
      for (Piece piece : pieces) {
        addFragments(piece, i, from, fragments);
      }
      tracks.add(new TrackSection(first.tracks().get(i), fragments));
    }
    List<Fragment> master = tracks.get(0).fragments();
    if (master.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunSection(
            first.run(),
            first.runNumber(),
            master.get(0).start(),
            master.get(master.size() - 1).end(),
            tracks));
  }

  /**
   * Returns where to begin so that the first fragment can be decoded; usually this is the bound.
   */
  private long independentStart(Piece piece) {
    TrackRow master = piece.row().master();
    Fragments own = master.fragments();
    int first = own.at(after(master, startNanos));
    if (first < 0 || !own.isDependent(first)) {
      return startNanos;
    }
    boolean fromStart = piece.startNanos() == piece.row().startNanos();
    while (own.isDependent(first)
        && (fromStart || nanos(master, own.startTicks(first - 1)) >= piece.startNanos())) {
      first--;
    }
    return Math.min(startNanos, nanos(master, own.startTicks(first)));
  }

  private void addFragments(Piece piece, int trackIndex, long from, List<Fragment> fragments) {
    SegmentRow row = piece.row();
    TrackRow track = row.tracks().get(trackIndex);
    Fragments own = track.fragments();
    boolean fromStart = piece.startNanos() == row.startNanos();
    boolean toEnd = piece.endNanos() == row.endNanos();
    for (int i = Math.max(0, own.at(after(track, from))); i < own.count(); i++) {
      long start = nanos(track, own.startTicks(i));
      long end = nanos(track, own.startTicks(i) + own.durationTicks(i));
      if (start >= endNanos) {
        break;
      }
      // The tracks of a file begin and end at slightly different times.
      boolean shown =
          (fromStart || start >= piece.startNanos()) && (toEnd || start < piece.endNanos());
      if (end > from && shown) {
        fragments.add(new Fragment(row, track, i));
      }
    }
  }

  private static long nanos(TrackRow track, long ticks) {
    return Ticks.convert(track.startTicks() + ticks, track.timescale(), Ticks.NANOS_PER_SECOND);
  }

  private static long after(TrackRow track, long nanos) {
    return Ticks.convert(nanos, Ticks.NANOS_PER_SECOND, track.timescale()) - track.startTicks();
  }
}
