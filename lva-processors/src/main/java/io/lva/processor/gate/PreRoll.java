package io.lva.processor.gate;

import io.lva.media.Gap;
import io.lva.media.Sample;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The newest samples of a session, kept in memory in whole groups of pictures, with what was
 * announced between them. Each sample has a number; numbers go up by one and are never used again.
 *
 * <p>Confined to its media loop.
 */
final class PreRoll {
  /** Samples of one time line: no hole, one set of tracks, one source of UTC. */
  static final class Section {
    final TrackSet tracks;
    final @Nullable UtcSource utcSource;
    final long utcErrorNanos;

    /** The hole before the first sample; null where there is none. */
    final @Nullable Gap gap;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final int master;
    private long first;

    private Section(
        TrackSet tracks, @Nullable UtcSource utcSource, long utcErrorNanos, @Nullable Gap gap) {
      this.tracks = tracks;
      this.master = masterOf(tracks);
      this.utcSource = utcSource;
      this.utcErrorNanos = utcErrorNanos;
      this.gap = gap;
    }

    /** Returns whether a sample is of the track that decides where recordings begin and end. */
    boolean isMaster(Sample sample) {
      return sample.track().id() == master;
    }

    private long end() {
      return first + samples.size();
    }
  }

  /** Takes samples in their order. */
  @FunctionalInterface
  interface Visitor {
    /** Takes a sample; returns whether the next one is wanted, too. */
    boolean visit(Section section, Sample sample, long number);
  }

  private final Deque<Section> sections = new ArrayDeque<>();
  private TrackSet tracks = TrackSet.of();
  private int master;
  private @Nullable UtcSource utcSource;
  private long utcErrorNanos;
  private @Nullable Gap gap;
  private boolean fresh = true;
  private long next;
  private long bytes;

  void tracks(TrackSet announced) {
    fresh |= !announced.equals(tracks);
    tracks = announced;
    master = masterOf(announced);
  }

  void utcSource(UtcSource source, long errorNanos) {
    fresh |= source != utcSource || errorNanos != utcErrorNanos;
    utcSource = source;
    utcErrorNanos = errorNanos;
  }

  void gapClosed(Gap closed) {
    fresh = true;
    gap = closed;
  }

  /** Keeps a sample. */
  void add(Sample sample) {
    if (fresh) {
      Section section = new Section(tracks, utcSource, utcErrorNanos, gap);
      section.first = next;
      sections.addLast(section);
      fresh = false;
      gap = null;
    }
    sections.getLast().samples.addLast(sample.keep());
    bytes += sample.data().size();
    next++;
  }

  /** Returns whether a sample that was not added yet is of the master track. */
  boolean isMaster(Sample sample) {
    return sample.track().id() == master;
  }

  private static int masterOf(TrackSet tracks) {
    if (tracks.tracks().isEmpty()) {
      return 0;
    }
    return tracks.video().orElseGet(() -> tracks.tracks().get(0)).id();
  }

  /** Returns the number that the next sample will have. */
  long next() {
    return next;
  }

  /** Returns the number of the oldest sample, or {@link #next} when there is none. */
  long first() {
    Section section = sections.peekFirst();
    return section == null ? next : section.first;
  }

  /** Returns the size of what is kept. */
  long bytes() {
    return bytes;
  }

  /** Returns the time at which a sample is presented, in nanoseconds since the Unix epoch. */
  static long presentation(Sample sample) {
    return sample.utcNanos()
        + sample.compositionOffset() * 1_000_000_000L / sample.track().timescale();
  }

  /**
   * Finds where a recording begins.
   *
   * @param time media time, in nanoseconds since the Unix epoch
   * @param from the lowest number to return
   * @return the number of the last sync sample at or before the time, else of the first after it;
   *     −1 when there is none
   */
  long syncAtOrBefore(long time, long from) {
    long[] found = {-1};
    forEachFrom(
        from,
        (section, sample, number) -> {
          if (sample.sync() && section.isMaster(sample)) {
            if (found[0] >= 0 && presentation(sample) > time) {
              return false;
            }
            found[0] = number;
          }
          return true;
        });
    return found[0];
  }

  /** Visits the samples from a number on. */
  void forEachFrom(long number, Visitor visitor) {
    for (Section section : sections) {
      if (section.end() <= number) {
        continue;
      }
      long at = section.first;
      for (Sample sample : section.samples) {
        if (at >= number && !visitor.visit(section, sample, at)) {
          return;
        }
        at++;
      }
    }
  }

  /** Visits the newest sample alone. */
  void visitLast(Visitor visitor) {
    Section section = sections.getLast();
    visitor.visit(section, section.samples.getLast(), next - 1);
  }

  /** Gives up whole groups of pictures that end before a time. */
  void trim(long horizon) {
    while (secondSyncIsBefore(horizon)) {
      dropFirstGroup();
    }
  }

  private boolean secondSyncIsBefore(long horizon) {
    boolean past = false;
    for (Section section : sections) {
      for (Sample sample : section.samples) {
        if (past && sample.sync() && section.isMaster(sample)) {
          return presentation(sample) <= horizon;
        }
        past = true;
        if (sample.utcNanos() > horizon) {
          return false;
        }
      }
    }
    return false;
  }

  /**
   * Gives up the oldest samples up to the next sync sample of the master track, or all samples when
   * there is none.
   */
  void dropFirstGroup() {
    boolean past = false;
    for (Iterator<Section> left = sections.iterator(); left.hasNext(); ) {
      Section section = left.next();
      while (!section.samples.isEmpty()) {
        Sample sample = section.samples.getFirst();
        if (past && sample.sync() && section.isMaster(sample)) {
          return;
        }
        past = true;
        drop(section);
      }
      left.remove();
    }
    fresh = true;
  }

  private void drop(Section section) {
    Sample sample = section.samples.removeFirst();
    section.first++;
    bytes -= sample.data().size();
    sample.release();
  }

  /** Gives everything up and forgets what was announced. */
  void clear() {
    for (Section section : sections) {
      section.samples.forEach(Sample::release);
    }
    sections.clear();
    tracks = TrackSet.of();
    master = 0;
    utcSource = null;
    gap = null;
    fresh = true;
    bytes = 0;
  }
}
