package io.lva.rtp;

import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What leaves a session: announces the tracks together, owns the gaps, and counts the samples.
 *
 * <p>The set of tracks is announced with the first sample of the master, together with every other
 * track known by then, and again when a track changes or another one becomes known.
 *
 * <p>Confined to its media loop.
 */
final class SessionOutput {
  private final SampleConsumer consumer;
  private final ReceiverCounters counters;
  private final GapLog gaps;
  private final SortedMap<Integer, Track> tracks = new TreeMap<>();
  private @Nullable Integer master;

  SessionOutput(SampleConsumer consumer, ReceiverCounters counters) {
    this.consumer = consumer;
    this.counters = counters;
    this.gaps = new GapLog(consumer, counters);
  }

  GapLog gaps() {
    return gaps;
  }

  /** Returns whether the master track was announced, so that samples of the others may follow. */
  boolean isAnnounced() {
    return master != null;
  }

  /** Takes the master track, new or changed, and announces the set. */
  void announce(Track track) {
    master = track.id();
    tracks.put(track.id(), track);
    consumer.tracks(new TrackSet(new ArrayList<>(tracks.values())));
  }

  /** Takes another track; the set is announced again when it changes. */
  void follower(Track track) {
    boolean changed = !track.equals(tracks.put(track.id(), track));
    if (changed && master != null) {
      consumer.tracks(new TrackSet(new ArrayList<>(tracks.values())));
    }
  }

  /** Announces where UTC comes from. */
  void utcSource(UtcSource source, long errorNanos) {
    consumer.utcSource(source, errorNanos);
  }

  /** Delivers a sample. */
  void sample(Sample sample) {
    counters.samples++;
    counters.masterSamples += master != null && sample.track().id() == master ? 1 : 0;
    counters.sampleBytes += sample.data().size();
    counters.syncSamples += sample.sync() ? 1 : 0;
    consumer.sample(sample);
  }

  void end(GapCause cause) {
    consumer.end(cause);
  }
}
