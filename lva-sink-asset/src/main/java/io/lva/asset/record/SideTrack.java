package io.lva.asset.record;

import io.lva.media.Sample;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A track that is not the master: keeps its samples until the master has passed them.
 *
 * <p>Confined to its media loop.
 */
final class SideTrack implements TrackAssembler.Output {
  /** More than a second of any audio codec at any sampling rate; only a safety limit. */
  private static final int MOST_SAMPLES = 2048;

  private final PartBuilder builder;
  private final int timescale;
  private final Runnable late;
  private final Deque<Timed> samples = new ArrayDeque<>();
  private long position = Long.MIN_VALUE;
  private long beginning = Long.MIN_VALUE;
  private long emitted = Long.MIN_VALUE;

  private record Timed(Sample sample, long written, int duration, int flags) {}

  /** Creates a track. Samples before the first group are dropped, like late ones. */
  SideTrack(PartBuilder builder, int timescale, Runnable late) {
    this.builder = builder;
    this.timescale = timescale;
    this.late = late;
  }

  int timescale() {
    return timescale;
  }

  /** Returns the end of the samples received so far, in ticks since the Unix epoch. */
  long position() {
    return position;
  }

  @Override
  public void sample(Sample sample, long written, int duration, int flags) {
    position = written + duration;
    if (written < beginning || samples.size() == MOST_SAMPLES) {
      late.run();
      return;
    }
    sample.keep();
    samples.addLast(new Timed(sample, written, duration, flags));
  }

  /** Hands over the samples that start before an end, as parts. */
  void emitUntil(long end) {
    while (!samples.isEmpty() && samples.getFirst().written < end) {
      Timed next = samples.removeFirst();
      Sample sample = next.sample;
      if (next.written != emitted) {
        builder.flush();
      }
      emitted = next.written + next.duration;
      builder.add(sample, next.written, next.duration, next.flags);
      sample.release();
    }
    builder.flush();
  }

  /** Drops the samples that start before a group and belong to no other group. */
  void dropUntil(long start) {
    beginning = start;
    while (!samples.isEmpty() && samples.getFirst().written < start) {
      samples.removeFirst().sample.release();
    }
  }

  /** Drops all samples. */
  void drop() {
    dropUntil(Long.MAX_VALUE);
  }
}
