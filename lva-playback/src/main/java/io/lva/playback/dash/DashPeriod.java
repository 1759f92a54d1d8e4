package io.lva.playback.dash;

import io.lva.media.Ticks;
import io.lva.playback.window.LineFragment;
import io.lva.playback.window.MediaView;
import io.lva.playback.window.SegmentRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch without a hole: fragments that continue one another, and the sound beside them.
 *
 * <p>Immutable.
 *
 * @param id stays the same for as long as the period is listed
 * @param master fragments whose times are those of the period, not empty
 * @param side fragments of the other track of the same run; may be empty
 */
record DashPeriod(String id, List<LineFragment> master, List<LineFragment> side) {
  /** A side track may begin and end this much earlier or later than its master. */
  private static final long SLACK_NANOS = Ticks.NANOS_PER_SECOND;

  /**
   * Splits a range into periods. Where the clock was set back, periods from before the step that
   * end after the start of the next one are left out: periods must follow each other in time.
   *
   * @param master the track whose times count
   * @param side the other track; may be empty
   */
  static List<DashPeriod> of(MediaView master, MediaView side) {
    List<DashPeriod> periods = new ArrayList<>();
    long number = master.numbering().discontinuitySequence();
    int from = 0;
    List<LineFragment> all = master.fragments();
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size() || all.get(i).discontinuity()) {
        add(periods, "p" + number, List.copyOf(all.subList(from, i)), side);
        number++;
        from = i;
      }
    }
    return periods;
  }

  private static void add(
      List<DashPeriod> periods, String id, List<LineFragment> master, MediaView side) {
    long start = master.get(0).startNanos();
    while (!periods.isEmpty() && periods.get(periods.size() - 1).endNanos() > start) {
      periods.remove(periods.size() - 1);
    }
    long end = master.get(master.size() - 1).endNanos();
    List<LineFragment> beside = new ArrayList<>();
    for (LineFragment fragment : side.fragments()) {
      SegmentRef own = master.get(0).segment();
      boolean same =
          fragment.segment().run().equals(own.run())
              && fragment.segment().format().equals(own.format());
      if (same
          && fragment.endNanos() > start - SLACK_NANOS
          && fragment.startNanos() < end + SLACK_NANOS) {
        beside.add(fragment);
      }
    }
    periods.add(new DashPeriod(id, master, List.copyOf(beside)));
  }

  long startNanos() {
    return master.get(0).startNanos();
  }

  long endNanos() {
    return master.get(master.size() - 1).endNanos();
  }
}
