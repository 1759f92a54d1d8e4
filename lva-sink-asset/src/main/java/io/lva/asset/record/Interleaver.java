package io.lva.asset.record;

import io.lva.media.Ticks;
import io.lva.media.Track;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Puts the parts of a run in file order: each part of the master track is followed by the samples
 * of the other tracks for the same time.
 *
 * <p>A sample belongs to the group of pictures whose interval holds its start, so that files can be
 * cut between groups. Therefore a group waits until every other track has reached its start, or
 * until the master is 1 s ahead. Samples that arrive later than that are dropped.
 *
 * <p>Confined to its media loop.
 */
final class Interleaver {
  private static final int PATIENCE_SECONDS = 1;

  private final Track master;
  private final Output output;
  private final Deque<Part> held = new ArrayDeque<>();
  private List<SideTrack> others = List.of();
  private List<SideTrack> next = List.of();
  private boolean changes;
  private boolean begun;
  private long masterEnd;

  /** Takes parts in file order. */
  interface Output {
    /**
     * Begins a group of pictures. {@code changed} is true for the first group, and for the first
     * group after the other tracks were replaced.
     */
    void group(boolean changed);

    /** Takes the next part. */
    void part(Part part);
  }

  Interleaver(Track master, Output output) {
    this.master = master;
    this.output = output;
  }

  /** Sets the other tracks of the first group; their parts come after those of the master. */
  void begin(List<SideTrack> tracks) {
    others = tracks;
  }

  /** Ends the present other tracks; the next group has the given tracks. */
  void replace(List<SideTrack> tracks) {
    drain(true);
    others.forEach(SideTrack::drop);
    if (begun) {
      others = List.of();
      next = tracks;
      changes = true;
    } else {
      others = tracks;
    }
  }

  /** Takes a part of the master track. */
  void master(Part part) {
    held.addLast(part);
    masterEnd = part.end();
    drain(false);
  }

  /** Checks again, after a sample of another track, whether a group can begin. */
  void other() {
    if (!held.isEmpty()) {
      drain(false);
    }
  }

  /** Hands over everything that is left. */
  void finish() {
    drain(true);
    emitOthers(masterEnd + (long) PATIENCE_SECONDS * master.timescale());
    others.forEach(SideTrack::drop);
  }

  private void drain(boolean force) {
    while (!held.isEmpty()) {
      Part part = held.getFirst();
      if (part.sync() || !begun) {
        if (!force && begun && !isReached(part.decodeTime())) {
          return;
        }
        beginGroup(part.decodeTime());
      }
      held.removeFirst();
      output.part(part);
      emitOthers(part.end());
    }
  }

  private void beginGroup(long start) {
    for (SideTrack track : others) {
      if (begun) {
        track.emitUntil(ticks(start, track));
      }
    }
    boolean changed = changes || !begun;
    if (changes) {
      others = next;
      changes = false;
    }
    others.forEach(track -> track.dropUntil(ticks(start, track)));
    begun = true;
    output.group(changed);
  }

  private boolean isReached(long start) {
    if (masterEnd - start > (long) PATIENCE_SECONDS * master.timescale()) {
      return true;
    }
    for (SideTrack track : others) {
      if (track.position() < ticks(start, track)) {
        return false;
      }
    }
    return true;
  }

  private void emitOthers(long end) {
    for (SideTrack track : others) {
      track.emitUntil(ticks(end, track));
    }
  }

  private long ticks(long masterTicks, SideTrack track) {
    return Ticks.convert(masterTicks, master.timescale(), track.timescale());
  }
}
