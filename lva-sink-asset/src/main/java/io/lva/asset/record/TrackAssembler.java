package io.lva.asset.record;

import io.lva.fmp4.SampleFlags;
import io.lva.media.Sample;
import io.lva.media.Track;

/**
 * One track of a run: holds the latest samples until their durations are known and no picture is
 * missing before them. Samples that are still held when the track ends, or pauses before a sync
 * sample, are discarded if they would be presented after a hole.
 *
 * <p>Confined to its media loop.
 */
final class TrackAssembler {
  private final Track track;
  private final TrackTimeline timeline;
  private final Output output;
  private final HeldSamples held = new HeldSamples(this::done);
  private boolean begun;
  private boolean behindGap;

  /** Takes samples whose written time is known. */
  interface Output {
    /** Takes a sample; its data is valid during the call. */
    void sample(Sample sample, long written, int duration, int flags);
  }

  TrackAssembler(Track track, boolean slew, Output output) {
    this.track = track;
    this.timeline = new TrackTimeline(track.timescale(), slew);
    this.output = output;
  }

  Track track() {
    return track;
  }

  TrackTimeline timeline() {
    return timeline;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Takes the first sample, at its UTC. */
  void begin(Sample sample) {
    timeline.begin(sample.decodeTime(), sample.utcNanos());
    begun = true;
    held.begin(sample.keep(), timeline.written());
  }

  /** Takes the first sample, at the end of the previous run. */
  void beginAt(long written, Sample sample) {
    timeline.beginAt(written, sample.decodeTime(), sample.utcNanos());
    begun = true;
    held.begin(sample.keep(), timeline.written());
  }

  /** Notes that a hole precedes the next sample, whose decode times may have a new origin. */
  void gap() {
    behindGap = true;
  }

  /** Takes the next sample. */
  void next(Sample sample) {
    if (behindGap) {
      bridge(sample, timeline.distanceAcrossGap(sample.decodeTime(), sample.utcNanos()));
      return;
    }
    timeline.advance(sample.decodeTime(), sample.utcNanos());
    held.add(sample.keep(), timeline.written(), timeline.usualDuration());
  }

  /** Takes the sample that ends a hole, and extends the sample before the hole. */
  void bridge(Sample sample, long distance) {
    behindGap = false;
    timeline.bridge(distance, sample.decodeTime(), sample.utcNanos());
    if (sample.sync()) {
      held.end(timeline.written());
    } else {
      held.endAll(timeline.written());
    }
    held.begin(sample.keep(), timeline.written());
  }

  /** Ends the latest sample: nothing follows it for a while. */
  void pause() {
    finish();
  }

  /** Returns whether the latest sample was ended. */
  boolean isPaused() {
    return held.isEmpty();
  }

  /**
   * Takes the first sample after a pause, at its own time but not before the end of the written
   * samples.
   */
  void resume(Sample sample) {
    long end = timeline.expectedEnd();
    if (behindGap || timeline.isHole(sample.decodeTime(), sample.utcNanos())) {
      timeline.begin(sample.decodeTime(), sample.utcNanos());
    } else {
      timeline.advance(sample.decodeTime(), sample.utcNanos());
    }
    if (timeline.written() < end) {
      timeline.beginAt(end, sample.decodeTime(), sample.utcNanos());
    }
    behindGap = false;
    held.begin(sample.keep(), timeline.written());
  }

  /** Ends the track; the last sample gets the duration of the one before it. */
  void finish() {
    held.end(expectedEnd());
  }

  /**
   * Returns where the track ends if nothing follows, or if a sync sample follows, in ticks since
   * the Unix epoch.
   */
  long expectedEnd() {
    return held.isEmpty() ? timeline.expectedEnd() : held.written() + timeline.usualDuration();
  }

  private void done(Sample sample, long written, long duration) {
    int flags = SampleFlags.of(sample.sync(), sample.damaged());
    output.sample(sample, written, (int) duration, flags);
    sample.release();
  }
}
