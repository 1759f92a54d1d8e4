package io.lva.asset.record;

import io.lva.fmp4.PartSamples;
import io.lva.media.Gap;
import io.lva.media.SampleData;
import io.lva.media.SampleDataList;
import io.lva.media.Track;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects the samples of one track into parts.
 *
 * <p>A part is closed when it has its length, and before a sync sample; a longer sample is a part
 * alone. Streams of sync samples only get parts of half the length or more.
 *
 * <p>Confined to its media loop.
 */
final class PartBuilder {
  private final Track track;
  private final long lengthTicks;
  private final Consumer<Part> output;
  private PartSamples samples = new PartSamples();
  private SampleDataList data = new SampleDataList();
  private long decodeTime;
  private boolean sync;
  private Optional<Gap> bridged = Optional.empty();

  PartBuilder(Track track, long lengthTicks, Consumer<Part> output) {
    this.track = track;
    this.lengthTicks = lengthTicks;
    this.output = output;
  }

  /** Adds a sample after the last; keeps its data. */
  void add(
      long written,
      int duration,
      boolean isSync,
      int flags,
      int compositionOffset,
      SampleData bytes) {
    if (closesBefore(duration, isSync, bytes.size())) {
      flush();
    }
    if (samples.count() == 0) {
      decodeTime = written;
      sync = isSync;
    }
    samples.add(duration, bytes.size(), flags, compositionOffset);
    data.add(bytes);
    if (samples.durationTicks() + duration / 4 >= lengthTicks) {
      flush();
    }
  }

  /** Closes the part before a hole that the next sample ends. */
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

  private boolean closesBefore(int duration, boolean isSync, int size) {
    if (samples.count() == 0) {
      return false;
    }
    long collected = samples.durationTicks();
    boolean syncCut = isSync && (!sync || collected * 2 >= lengthTicks);
    return syncCut || collected + duration > 2 * lengthTicks || samples.isFull(size);
  }
}
