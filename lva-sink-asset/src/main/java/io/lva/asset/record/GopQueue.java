package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What waits between a media loop and a writer lane: groups of pictures, bounded in bytes.
 *
 * <p>Never blocks. When the limit is passed, whole groups are dropped: first the oldest that the
 * lane has not begun and, if there is no such group, the rest of the group under construction.
 * Dropped media, together with the holes in it, becomes a gap before the oldest group that is left.
 * Bytes that the lane has taken but not yet written count toward the limit.
 *
 * <p>Thread-safe: one short lock per part.
 */
final class GopQueue {
  private final LongSupplier limitBytes;
  private final Deque<Group> groups = new ArrayDeque<>();

  @GuardedBy("this")
  private List<Gap> gapsBeforeNext = List.of();

  @GuardedBy("this")
  private GapCause stall = GapCause.BACKPRESSURE;

  @GuardedBy("this")
  private boolean skipping;

  private volatile long usedBytes;
  private volatile long largestBytes;

  /** Creates an empty queue with a limit that may change. */
  GopQueue(LongSupplier limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * What was dropped.
   *
   * @param gap open from the first sample that was dropped
   * @param bytes number of bytes of media
   * @param groups number of groups of pictures, whole or in part
   * @param first true for a new gap, false for the continuation of an earlier one
   */
  record Dropped(Gap gap, long bytes, int groups, boolean first) {}

  /** A group of pictures, or a mark if it has no run. Guarded by the queue. */
  private static final class Group {
    final Optional<Run> run;
    final Deque<QueueEntry> entries = new ArrayDeque<>();
    List<Gap> gaps;
    boolean begun;
    long bytes;

    Group(Optional<Run> run, List<Gap> gaps) {
      this.run = run;
      this.gaps = gaps;
    }

    boolean isMedia() {
      return run.isPresent();
    }
  }

  /**
   * Begins a group of pictures; its parts follow.
   *
   * @param run the time line
   * @param gaps why the group does not continue the previous one; empty when it does
   */
  synchronized void begin(Run run, List<Gap> gaps) {
    skipping = false;
    groups.addLast(new Group(Optional.of(run), Gaps.join(gapsBeforeNext, gaps)));
    gapsBeforeNext = List.of();
  }

  /**
   * Adds a part to the group begun last.
   *
   * @return what had to be dropped for it, if anything
   */
  synchronized Optional<Dropped> add(Part part) {
    long bytes = part.data().size();
    Group last = groups.peekLast();
    if (skipping || last == null || !last.isMedia()) {
      part.bridged().ifPresent(hole -> putInFront(List.of(hole)));
      part.release();
      return Optional.of(new Dropped(gap(part), bytes, 0, false));
    }
    last.entries.addLast(new QueueEntry.Media(part));
    last.bytes += bytes;
    usedBytes += bytes;
    largestBytes = Math.max(last.bytes, largestBytes);
    return usedBytes > limitBytes.getAsLong() ? makeRoom() : Optional.empty();
  }

  /** Marks the run begun last as complete. */
  synchronized void endRun() {
    addMark(new QueueEntry.RunEnd());
  }

  /** Marks the end of the recording; the gap is open from here on. */
  synchronized void end(Gap gap) {
    addMark(new QueueEntry.RecordingEnd(gap));
  }

  /** Returns whether another group would fit. */
  boolean hasRoom() {
    return usedBytes + largestBytes <= limitBytes.getAsLong();
  }

  /** Returns the number of bytes that wait or are being written. */
  long usedBytes() {
    return usedBytes;
  }

  /** Sets the cause of all further drops: the reason why the lane is slow. */
  synchronized void stalledBy(GapCause cause) {
    stall = cause;
  }

  /**
   * Hands over the oldest entries in order, including the parts added so far to the last group.
   *
   * @param target receives them
   * @param enoughBytes once this many bytes are reached, no further part is handed over
   */
  synchronized void take(List<QueueEntry> target, long enoughBytes) {
    long taken = 0;
    while (!groups.isEmpty() && taken < enoughBytes) {
      Group first = groups.getFirst();
      if (!first.begun && !first.entries.isEmpty()) {
        first.begun = true;
        first.run.ifPresent(run -> target.add(new QueueEntry.GopStart(run, first.gaps)));
      }
      while (!first.entries.isEmpty() && taken < enoughBytes) {
        QueueEntry entry = first.entries.removeFirst();
        target.add(entry);
        taken += bytes(entry);
      }
      if (!first.entries.isEmpty() || (groups.size() == 1 && first.isMedia())) {
        return; // the loop may add to the last group
      }
      groups.removeFirst();
    }
  }

  /** Frees the room of parts that were taken and released. */
  synchronized void done(long bytes) {
    usedBytes -= bytes;
  }

  /** Makes room for the part added last; the rest may still exceed a limit that was lowered. */
  @GuardedBy("this")
  private Optional<Dropped> makeRoom() {
    Optional<Dropped> dropped = Optional.empty();
    while (usedBytes > limitBytes.getAsLong()) {
      Optional<Group> victim = oldestNotBegun();
      if (victim.isEmpty()) {
        return skipping ? dropped : Optional.of(plus(dropped, dropRest()));
      }
      dropped = Optional.of(plus(dropped, drop(victim.get())));
    }
    return dropped;
  }

  private Optional<Group> oldestNotBegun() {
    return groups.stream().filter(group -> group.isMedia() && !group.begun).findFirst();
  }

  @GuardedBy("this")
  private Dropped drop(Group victim) {
    Gap gap = gap(firstPart(victim));
    skipping = victim == groups.getLast();
    groups.remove(victim);
    boolean first = !Gaps.hasQueueGap(victim.gaps);
    putInFront(Gaps.join(victim.gaps, Gaps.join(List.of(gap), holes(victim))));
    return new Dropped(gap, release(victim), 1, first);
  }

  /**
   * Drops the rest of the group under construction, which the lane has begun; the parts already
   * taken stay playable.
   */
  @GuardedBy("this")
  private Dropped dropRest() {
    Group last = groups.getLast();
    Gap gap = gap(firstPart(last));
    skipping = true;
    putInFront(Gaps.join(List.of(gap), holes(last)));
    return new Dropped(gap, release(last), 1, true);
  }

  /** Returns the holes within a dropped group. They were announced, so they must be closed. */
  private static List<Gap> holes(Group group) {
    return group.entries.stream()
        .filter(QueueEntry.Media.class::isInstance)
        .map(QueueEntry.Media.class::cast)
        .flatMap(media -> media.part().bridged().stream())
        .toList();
  }

  @GuardedBy("this")
  private void putInFront(List<Gap> gaps) {
    Optional<Group> next = oldestNotBegun();
    if (next.isPresent()) {
      next.get().gaps = Gaps.join(gaps, next.get().gaps);
    } else {
      gapsBeforeNext = Gaps.join(gapsBeforeNext, gaps);
    }
  }

  @GuardedBy("this")
  private Gap gap(Part part) {
    return Gaps.open(part, GapOrigin.QUEUE, stall);
  }

  private synchronized long release(Group group) {
    long bytes = 0;
    for (Iterator<QueueEntry> entries = group.entries.iterator(); entries.hasNext(); ) {
      if (entries.next() instanceof QueueEntry.Media media) {
        bytes += media.part().data().size();
        media.part().release();
        entries.remove();
      }
    }
    usedBytes -= bytes;
    return bytes;
  }

  @GuardedBy("this")
  private void addMark(QueueEntry mark) {
    Group group = new Group(Optional.empty(), List.of());
    group.entries.add(mark);
    groups.addLast(group);
  }

  private static Part firstPart(Group group) {
    return ((QueueEntry.Media) group.entries.getFirst()).part();
  }

  private static long bytes(QueueEntry entry) {
    return entry instanceof QueueEntry.Media media ? media.part().data().size() : 0;
  }

  private static Dropped plus(Optional<Dropped> before, Dropped next) {
    return before
        .map(
            some ->
                new Dropped(
                    some.gap(),
                    some.bytes() + next.bytes(),
                    some.groups() + next.groups(),
                    some.first() || next.first()))
        .orElse(next);
  }
}
