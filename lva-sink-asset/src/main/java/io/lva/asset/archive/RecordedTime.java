package io.lva.asset.archive;

import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.media.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the media of an asset lies, and where some is missing that no gap explains.
 *
 * <p>Media is followed in the order of recording. When a clock was set back, the next run lies
 * before the one that was recorded before it: the time between them was not missed but is still to
 * come, or was already past when the recording began. Within a run the clock only moves forward:
 * media missing there counts as missing even if another run has media of that time.
 *
 * <p>Confined to one thread.
 */
public final class RecordedTime {
  private final TimeRanges recorded = new TimeRanges();
  private final TimeRanges told = new TimeRanges();
  private final List<SegmentSequence> sequences = new ArrayList<>();
  private final Map<RunId, SegmentSequence> latest = new HashMap<>();
  private final List<Gap> overlaps = new ArrayList<>();

  /** Segments of a run that follow one another without a hole. */
  private static final class SegmentSequence {
    private static final Comparator<SegmentSequence> BY_RECORDING =
        Comparator.comparingInt((SegmentSequence sequence) -> sequence.runNumber)
            .thenComparing(sequence -> sequence.run)
            .thenComparingInt(sequence -> sequence.last);

    private final int runNumber;
    private final String run;
    private final long start;
    private long end;
    private int last;

    SegmentSequence(SegmentRow first) {
      runNumber = first.runNumber();
      run = first.run().text();
      start = first.startNanos();
      end = first.endNanos();
      last = first.sequence();
    }

    boolean takes(SegmentRow next) {
      if (next.sequence() != last + 1 || next.startNanos() > end + TimeRanges.JOINED_NANOS) {
        return false;
      }
      end = next.endNanos();
      last = next.sequence();
      return true;
    }

    boolean isOfRun(SegmentSequence other) {
      return runNumber == other.runNumber && run.equals(other.run);
    }
  }

  /** Creates the recorded time of an asset that has no media yet. */
  public RecordedTime() {}

  /**
   * Adds a segment. The segments of a run must be added in their order.
   *
   * @param row a segment that counts
   */
  public void add(SegmentRow row) {
    recorded.add(row.startNanos(), row.endNanos());
    SegmentSequence known = latest.get(row.run());
    if (known == null || !known.takes(row)) {
      SegmentSequence next = new SegmentSequence(row);
      sequences.add(next);
      latest.put(row.run(), next);
    }
  }

  /**
   * Adds a closed gap. A gap that ends before it starts explains no hole: it says where media ends
   * and where it begins again.
   *
   * @param gap the gap, with its end
   * @throws java.util.NoSuchElementException when it has no end
   */
  public void explain(Gap gap) {
    Instant end = gap.end().orElseThrow();
    if (end.isBefore(gap.start())) {
      overlaps.add(gap);
    } else {
      explain(Utc.nanos(gap.start()), Utc.nanos(end));
    }
  }

  /**
   * Adds a period whose media was deleted, or is missing for another known reason.
   *
   * @param startNanos since the Unix epoch
   * @param endNanos since the Unix epoch
   */
  public void explain(long startNanos, long endNanos) {
    told.add(startNanos, endNanos);
  }

  /**
   * Returns where media lies.
   *
   * @return the ranges by UTC, whatever the order of recording
   */
  public TimeRanges recorded() {
    return recorded;
  }

  /**
   * Returns where the most recently recorded media ends; media recorded earlier may end later by
   * UTC.
   *
   * @return nanoseconds since the Unix epoch; empty without media
   */
  public Optional<Long> endNanos() {
    return sequences.stream().max(SegmentSequence.BY_RECORDING).map(sequence -> sequence.end);
  }

  /**
   * Finds the holes that nothing explains.
   *
   * @return the holes, by UTC; none is shorter than a millisecond
   */
  public List<TimeRange> unexplained() {
    TimeRanges holes = new TimeRanges();
    sequences.sort(SegmentSequence.BY_RECORDING);
    for (int i = 1; i < sequences.size(); i++) {
      addHoles(sequences.get(i - 1), sequences.get(i), holes);
    }
    overlaps.forEach(gap -> addHolesBeside(gap, holes));
    return holes.all();
  }

  private void addHoles(SegmentSequence before, SegmentSequence next, TimeRanges holes) {
    if (before.end < next.start) {
      List<TimeRange> missing =
          before.isOfRun(next)
              ? List.of(TimeRange.ofNanos(before.end, next.start))
              : recorded.holes(before.end, next.start);
      for (TimeRange hole : missing) {
        for (TimeRange untold : told.holes(hole.startNanos(), hole.endNanos())) {
          add(untold, holes);
        }
      }
    }
  }

  /** Adds holes that end where a clock was set back, or begin at the time it was set to. */
  private void addHolesBeside(Gap overlap, TimeRanges holes) {
    List<TimeRange> all = recorded.all();
    if (all.isEmpty()) {
      return;
    }
    TimeRanges known = new TimeRanges();
    known.addAll(recorded);
    known.addAll(told);
    long before = Utc.nanos(overlap.start());
    long after = Utc.nanos(overlap.end().orElseThrow());
    for (TimeRange hole : known.holes(all.get(0).startNanos(), before)) {
      if (hole.endNanos() == before) {
        add(hole, holes);
      }
    }
    for (TimeRange hole : known.holes(after, all.get(all.size() - 1).endNanos())) {
      if (hole.startNanos() == after) {
        add(hole, holes);
      }
    }
  }

  private static void add(TimeRange hole, TimeRanges holes) {
    if (hole.endNanos() - hole.startNanos() >= TimeRanges.JOINED_NANOS) {
      holes.add(hole.startNanos(), hole.endNanos());
    }
  }
}
