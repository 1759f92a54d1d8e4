package io.lva.asset.record;

import io.lva.fmp4.PartSamples;
import io.lva.media.Gap;
import io.lva.media.Sample;
import io.lva.media.SampleDataList;
import io.lva.media.Ticks;
import io.lva.media.Track;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects the samples of one track into parts.
 *
 * <p>A part is closed when it has reached its length, and before a sync sample; a sample longer
 * than that is a part of its own. A stream of only sync samples gets parts of at least half the
 * length. Where the time of the samples stands still, a part is closed when their UTC spans twice
 * its length, or when it would exceed the byte limit.
 *
 * <p>Confined to its media loop.
 */
final class PartBuilder {
  /** The largest part: half a second at 128 Mbit/s. */
  static final int MOST_BYTES = 8 << 20;

  private final Track track;
  private final long lengthTicks;
  private final long lengthNanos;
  private final Consumer<Part> output;
  private PartSamples samples = new PartSamples();
  private SampleDataList data = new SampleDataList();
  private long decodeTime;
  private long utcNanos;
  private boolean sync;
  private Optional<Gap> bridged = Optional.empty();

  PartBuilder(Track track, long lengthTicks, Consumer<Part> output) {
    this.track = track;
    this.lengthTicks = lengthTicks;
    this.lengthNanos = 2 * Ticks.convert(lengthTicks, track.timescale(), Ticks.NANOS_PER_SECOND);
    this.output = output;
  }

  /** Adds the next sample and keeps its data. */
  void add(Sample sample, long written, int duration, int flags) {
    int size = sample.data().size();
    if (samples.count() > 0 && closesBefore(sample, duration, size)) {
      flush();
    }
    if (samples.count() == 0) {
      decodeTime = written;
      sync = sample.sync();
      utcNanos = sample.utcNanos();
    }
    samples.add(duration, size, flags, sample.compositionOffset());
    data.add(sample.data());
    if (samples.durationTicks() + duration / 4 >= lengthTicks) {
      flush();
    }
  }

  /** Closes the part in front of a hole that ends with the next sample. */
  void bridge(Gap gap) {
    flush();
    bridged = Optional.of(gap);
  }

  /** Closes the part, if it has samples. */
  void flush() {
    if (samples.count() == 0) {
      return;
    }
    Part part = new Part(track, decodeTime, sync, samples, data, bridged);
    samples = new PartSamples();
    data = new SampleDataList();
    bridged = Optional.empty();
    output.accept(part);
  }

  private boolean closesBefore(Sample sample, int duration, int size) {
    long collected = samples.durationTicks();
    boolean syncCut = sample.sync() && (!sync || collected * 2 >= lengthTicks);
    return syncCut
        || collected + duration > 2 * lengthTicks
        || sample.utcNanos() - utcNanos > lengthNanos
        || samples.sizeBytes() + size > MOST_BYTES
        || samples.isFull(size);
  }
}
