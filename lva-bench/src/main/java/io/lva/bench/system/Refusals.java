package io.lva.bench.system;

import java.util.ArrayList;
import java.util.List;

/** Why a result is not reported: figures of a recorder that loses media mean nothing. */
final class Refusals {
  /** One of this many frames may be late: another process may have held the processor. */
  private static final int FRAMES_PER_LATE = 1000;

  /** The counters of lost media. */
  private static final List<String> LOSSES =
      List.of(
          Counters.DROPPED,
          "lva.recording.dropped.groups",
          "lva.recording.late.samples",
          "lva.recording.storage.errors",
          "lva.source.packets.lost",
          "lva.source.access.units.dropped");

  private Refusals() {}

  /** Returns why a result must not be reported, one line per reason; empty when it may. */
  static List<String> of(Result result) {
    List<String> refusals = new ArrayList<>();
    if (!result.incomplete().isEmpty()) {
      refusals.add(
          "frames were dropped: "
              + result.incomplete().size()
              + " of "
              + result.plan().cameras()
              + " recordings are not complete; "
              + result.incomplete().get(0));
    }
    for (String loss : LOSSES) {
      long count = result.counters().getOrDefault(loss, 0L);
      if (count > 0) {
        refusals.add("frames were dropped: " + loss + " is " + count);
      }
    }
    FarmReport sent = result.sent();
    if (sent.cameras() < result.plan().cameras()) {
      refusals.add("only " + sent.cameras() + " of " + result.plan().cameras() + " cameras play");
    }
    if (sent.frames() == 0 || sent.lateFrames() * FRAMES_PER_LATE > sent.frames()) {
      refusals.add(
          "the sender fell behind: "
              + sent.lateFrames()
              + " of "
              + sent.frames()
              + " frames were late");
    }
    if (!result.problems().isEmpty()) {
      refusals.add(
          "the recording does not verify: "
              + result.problems().size()
              + " problems, the first is "
              + result.problems().get(0));
    }
    return refusals.stream().map(text -> name(result) + text).toList();
  }

  private static String name(Result result) {
    return result.recorder() + ", " + result.plan().cameras() + " cameras: ";
  }
}
