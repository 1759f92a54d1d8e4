package io.lva.asset.record;

import io.lva.media.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest samples of a track, in decoding order. The first held sample is the last one up to
 * which no picture is missing; its duration depends on the sample after it. The samples after it
 * are handed over once all pictures presented before them have arrived; if a picture never arrives,
 * they would be presented after a hole.
 *
 * <p>Where no picture is presented before one that was decoded earlier, only the latest sample is
 * held.
 *
 * <p>Confined to its media loop.
 */
final class HeldSamples {
  /** More than any codec reorders. Only a safety limit, not a measured value. */
  private static final int MOST = 32;

  private final Output output;
  private final List<Sample> held = new ArrayList<>();

  /** Written times of the held samples, in an array so that nothing is allocated per picture. */
  private final long[] written = new long[MOST + 2];

  private boolean reorders;
  private long whole;
  private long latest;

  /** Takes finished samples and releases them. */
  interface Output {
    /** Takes a sample with its duration. */
    void done(Sample sample, long written, long duration);
  }

  HeldSamples(Output output) {
    this.output = output;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Returns the written time of the last sample up to which no picture is missing. */
  long written() {
    return written[0];
  }

  /**
   * Takes the first sample, or the first one after a hole. Must not be called while samples are
   * held.
   */
  void begin(Sample sample, long writtenTime) {
    hold(sample, writtenTime);
    whole = presentation(sample);
    latest = whole;
  }

  /**
   * Takes the next sample.
   *
   * @param sample the sample, whose data is kept
   * @param writtenTime its written time
   * @param usualDuration how long a picture lasts, in ticks
   */
  void add(Sample sample, long writtenTime, long usualDuration) {
    long presentation = presentation(sample);
    reorders |= presentation < latest;
    latest = Math.max(latest, presentation);
    hold(sample, writtenTime);
    emit(wholeUntil(sample.decodeTime(), usualDuration));
  }

  private void hold(Sample sample, long writtenTime) {
    written[held.size()] = writtenTime;
    held.add(sample);
  }

  /**
   * Hands over all samples, because the next one needs them for decoding. It begins at a written
   * time.
   */
  void endAll(long writtenTime) {
    emit(held.size() - 1);
    end(writtenTime);
  }

  /** Ends the last sample up to which no picture is missing, and discards the samples after it. */
  void end(long writtenTime) {
    if (!held.isEmpty()) {
      Sample last = held.get(0);
      held.subList(1, held.size()).forEach(Sample::release);
      held.clear();
      output.done(last, written[0], writtenTime - written[0]);
    }
  }

  private void emit(int count) {
    for (int i = 0; i < count; i++) {
      Sample ended = held.remove(0);
      long start = written[0];
      System.arraycopy(written, 1, written, 0, held.size());
      whole = Math.max(whole, presentation(held.get(0)));
      output.done(ended, start, written[0] - start);
    }
  }

  /**
   * Returns the index of the last held sample up to which no picture is missing. A picture that has
   * not arrived yet is presented after the decode time of the newest sample.
   */
  private int wholeUntil(long decodeTime, long usualDuration) {
    int last = held.size() - 1;
    if (!reorders || held.size() > MOST) {
      return last;
    }
    int until = 0;
    long before = whole;
    for (int i = 1; i <= last; i++) {
      before = Math.max(before, presentation(held.get(i)));
      boolean adjoin = before - whole <= i * usualDuration + usualDuration / 2;
      if (adjoin || (before <= decodeTime && before < earliestAfter(i))) {
        until = i;
      }
    }
    return until;
  }

  /** Returns the earliest presentation time of the held samples after an index. */
  private long earliestAfter(int index) {
    long earliest = Long.MAX_VALUE;
    for (int i = index + 1; i < held.size(); i++) {
      earliest = Math.min(earliest, presentation(held.get(i)));
    }
    return earliest;
  }

  private static long presentation(Sample sample) {
    return sample.decodeTime() + sample.compositionOffset();
  }
}
