package io.lva.asset.verify;

import io.lva.asset.archive.RecordedTime;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import io.lva.asset.verify.AssetReport.RunReport;
import io.lva.media.Ticks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the runs of an asset from file to file, and finds what is missing between them.
 *
 * <p>Confined to one thread.
 */
final class RunCheck {
  private final BiConsumer<String, String> problem;
  private final Map<RunId, State> states = new LinkedHashMap<>();
  private final RecordedTime time;
  private final TreeMap<Long, String> filesByStart = new TreeMap<>();

  /** The state of a run so far. */
  private static final class State {
    private SegmentRow last;
    private final Instant start;
    private final Map<Integer, Long> ends = new HashMap<>();

    State(SegmentRow first) {
      this.last = first;
      this.start = first.start();
    }
  }

  RunCheck(BiConsumer<String, String> problem, RecordedTime time) {
    this.problem = problem;
    this.time = time;
  }

  /** Adds the next file, in the order of names. */
  void add(SegmentRow row) {
    State state = states.get(row.run());
    if (isBehindHole(state, row)) {
      filesByStart.put(row.startNanos(), row.file());
    }
    time.add(row);
    if (state == null) {
      state = new State(row);
      states.put(row.run(), state);
    } else {
      follows(state, row);
      state.last = row;
    }
    for (TrackRow track : row.tracks()) {
      if (track.fragments().count() > 0) {
        state.ends.put(track.id(), track.endTicks());
      }
    }
  }

  private boolean isBehindHole(@Nullable State state, SegmentRow row) {
    long start = row.startNanos();
    return state == null
        ? time.recorded().within(start - 1, start).isEmpty()
        : start - state.last.endNanos() >= TimeRanges.JOINED_NANOS;
  }

  private void follows(State state, SegmentRow row) {
    SegmentRow before = state.last;
    if (row.runNumber() != before.runNumber()) {
      problem.accept(row.file(), "another run number than the file before it in its run");
    }
    if (row.sequence() <= before.sequence()) {
      problem.accept(row.file(), "follows " + before.file() + " in time and not in its run");
    }
    if (row.sequence() != before.sequence() + 1) {
      return; // deleted in between: the hole is checked as such
    }
    if (!row.continues()) {
      problem.accept(row.file(), "does not continue its run");
    }
    for (TrackRow track : row.tracks()) {
      boolean master = track.id() == row.tracks().get(0).id();
      Optional<TrackRow> other =
          before.tracks().stream().filter(known -> known.id() == track.id()).findFirst();
      if (other.isPresent() && other.get().init().equals(track.init())) {
        if (track.fragments().count() > 0) {
          continues(state, master && other.get().fragments().count() > 0, track, row.file());
        }
      } else if (master) {
        problem.accept(row.file(), "track " + track.id() + " changes its initialization in a run");
      } else {
        state.ends.remove(track.id());
      }
    }
  }

  /**
   * Reports a track that does not continue where it ended. Tracks beside the master may fall
   * silent, but no track may go back. Where a file was cut during recording, the master continues
   * after a hole, which a gap must explain like any other.
   */
  private void continues(State state, boolean adjacent, TrackRow track, String file) {
    Long end = state.ends.get(track.id());
    if (end != null
        && (adjacent
            ? track.startTicks() != end && !isHole(track, end)
            : track.startTicks() < end)) {
      problem.accept(
          file,
          "track "
              + track.id()
              + " starts at "
              + track.startTicks()
              + ", the file before it ends at "
              + end);
    }
  }

  /** Returns whether enough is missing for {@link #holes} to report it. */
  private static boolean isHole(TrackRow track, long end) {
    long nanos = Ticks.convert(track.startTicks() - end, track.timescale(), Ticks.NANOS_PER_SECOND);
    return nanos > TimeRanges.JOINED_NANOS;
  }

  /** Reports holes that nothing explains. */
  void holes() {
    for (TimeRange hole : time.unexplained()) {
      Map.Entry<Long, String> file = filesByStart.ceilingEntry(hole.endNanos());
      problem.accept(
          file == null ? "" : file.getValue(),
          "no gap tells why media is missing from " + hole.start() + " to " + hole.end());
    }
  }

  List<RunReport> runs() {
    List<RunReport> reports = new ArrayList<>();
    states.forEach((run, state) -> reports.add(new RunReport(run, state.start, state.last.end())));
    reports.sort(Comparator.comparing(RunReport::start));
    return reports;
  }
}
