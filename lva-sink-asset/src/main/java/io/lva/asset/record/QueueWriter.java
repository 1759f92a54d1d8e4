package io.lva.asset.record;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Writes the queue of a recording to segments.
 *
 * <p>When the disk fails, the pending parts are kept and written again after a while, behind the
 * last whole part of the same file or, after three failures, to another file. Meanwhile the queue
 * drops what exceeds its limit. So nothing is lost that was written or that fits in memory.
 *
 * <p>Confined to its writer lane.
 */
final class QueueWriter extends Lane.Task {
  private static final long ENOUGH_BYTES = 4 << 20;
  private static final int MOST_FAILURES_A_FILE = 3;

  private final Lane lane;
  private final GopQueue queue;
  private final SegmentPlanner planner;
  private final Output output;
  private final FaultReporter faults;
  private final RetryQueue.RetryDelay delay = new RetryQueue.RetryDelay();
  private final Deque<QueueEntry> entries = new ArrayDeque<>();
  private Optional<OpenSegment> segment = Optional.empty();
  private boolean segmentBegun;
  private boolean groupBegan;
  private boolean waits;
  private int failures;

  /** Receives what is written. Called on the writer lane. */
  interface Output {
    /** Creates the file of a segment. */
    OpenSegment open(SegmentHead head) throws IOException;

    /**
     * Takes parts that are now in the file. {@code first} is true when they are the first parts of
     * the segment; {@code group} is true when a group of pictures begins with them.
     */
    void written(OpenSegment segment, Batch batch, boolean first, boolean group);

    /** Completes a segment that takes no more parts. */
    void complete(OpenSegment segment);

    /** Ends the recording. */
    void end(Gap gap, Optional<Instant> mediaEnd);

    /** Counts a part that came too late for its place. */
    void late();

    /** Counts a failure. */
    void failed();
  }

  QueueWriter(
      Lane lane, GopQueue queue, SegmentPlanner planner, Output output, FaultReporter faults) {
    this.lane = lane;
    this.queue = queue;
    this.planner = planner;
    this.output = output;
    this.faults = faults;
  }

  @Override
  void run() {
    if (waits) {
      return;
    }
    try {
      long done = 0;
      while (done < ENOUGH_BYTES) {
        if (entries.isEmpty() && !take()) {
          return;
        }
        done += step();
      }
      lane.ready(this);
    } catch (IOException e) {
      failed(e);
    }
  }

  private boolean take() {
    List<QueueEntry> taken = new ArrayList<>();
    queue.take(taken, ENOUGH_BYTES);
    entries.addAll(taken);
    return !taken.isEmpty();
  }

  /**
   * Processes the first entry, or as many parts as fit in one write; returns the number of media
   * bytes.
   */
  private long step() throws IOException {
    QueueEntry first = entries.getFirst();
    if (first instanceof QueueEntry.Media media) {
      return media(media.part());
    }
    entries.removeFirst();
    if (first instanceof QueueEntry.GopStart group) {
      groupBegan |= planner.continues(group);
      planner.group(group);
    } else if (first instanceof QueueEntry.RunEnd) {
      endSegment();
    } else if (first instanceof QueueEntry.RecordingEnd end) {
      endSegment();
      output.end(end.gap(), planner.end());
    }
    return 0;
  }

  private long media(Part part) throws IOException {
    if (segment.isPresent()
        && (segment.get().isDamaged() || (segmentBegun && planner.needsSegment(part)))) {
      endSegment();
    }
    if (planner.isLate(part)) {
      output.late();
      entries.removeFirst();
      done(part);
      return part.data().size();
    }
    if (segment.isEmpty()) {
      segment = Optional.of(output.open(planner.plan(part)));
      segmentBegun = false;
    }
    OpenSegment open = segment.get();
    Batch batch = new Batch(open, lane.scratch());
    int consumed = segmentBegun ? collect(batch) : collectFirst(batch);
    batch.write();
    written(open, batch, consumed);
    return batch.mediaBytes();
  }

  /**
   * Adds the first part of a segment alone, because the planner learns of the segment only when
   * that part is written.
   */
  private int collectFirst(Batch batch) {
    batch.add(((QueueEntry.Media) entries.getFirst()).part());
    return 1;
  }

  private int collect(Batch batch) {
    int seen = 0;
    int consumed = 0;
    for (QueueEntry entry : entries) {
      seen++;
      if (entry instanceof QueueEntry.Media media) {
        Part part = media.part();
        boolean fits = consumed == 0 || (!planner.cutsBefore(part) && !planner.isLate(part));
        if (!fits || !batch.add(part)) {
          return consumed;
        }
        consumed = seen;
      } else if (!(entry instanceof QueueEntry.GopStart group) || !planner.continues(group)) {
        return consumed;
      }
    }
    return consumed;
  }

  private void written(OpenSegment open, Batch batch, int consumed) {
    boolean first = !segmentBegun;
    if (first) {
      planner.begin(open.head());
      segmentBegun = true;
    }
    for (int i = 0; i < consumed; i++) {
      groupBegan |= entries.removeFirst() instanceof QueueEntry.GopStart;
    }
    batch.parts().forEach(planner::written);
    output.written(open, batch, first, groupBegan);
    groupBegan = false;
    batch.parts().forEach(this::done);
    if (failures > 0) {
      failures = 0;
      delay.reset();
      faults.recovered();
      queue.stalledBy(GapCause.BACKPRESSURE);
    }
  }

  private void done(Part part) {
    long bytes = part.data().size();
    part.release();
    queue.done(bytes);
  }

  private void endSegment() {
    segment.ifPresent(
        open -> {
          if (segmentBegun) {
            planner.endSegment();
          }
          output.complete(open);
        });
    segment = Optional.empty();
  }

  private void failed(IOException failure) {
    output.failed();
    queue.stalledBy(faults.failed(failure));
    failures++;
    if (failures % MOST_FAILURES_A_FILE == 0 || failure instanceof NoSuchFileException) {
      endSegment();
    }
    waits = true;
    lane.later(
        delay.next(),
        () -> {
          waits = false;
          run();
        });
  }
}
