package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.LiveAsset;
import io.lva.asset.LiveAssets;
import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.TrackRow;
import io.lva.event.EventRecord;
import io.lva.event.EventSource;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaLimitTest {
  private static final URI STORE = URI.create("file:///made-up/store");
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int TIMESCALE = 90_000;

  private final Recorder recorder = new Recorder();
  private final List<String> reached = new ArrayList<>();

  /** Adds parts of one second. */
  private static final class Recorder implements LiveAsset {
    private final List<LiveSegment> segments = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    void segment(int runNumber, int sequence, Instant start, int seconds) {
      RunId run = new RunId(String.valueOf((char) ('a' + runNumber)).repeat(8));
      long base = start.getEpochSecond() * TIMESCALE;
      TrackRow track =
          new TrackRow(1, TIMESCALE, base, 0, "0123abcd", "avc1", 16, 16, Fragments.empty());
      List<LivePart> parts = new ArrayList<>();
      segments.add(null);
      for (int i = 0; i < seconds; i++) {
        long time = base + (long) i * TIMESCALE;
        parts.add(new LivePart(1, 1000 + i * 100L, 50, 100, time, TIMESCALE, i == 0));
        String file = SegmentName.completePath(start, run, sequence);
        segments.set(
            segments.size() - 1,
            new LiveSegment(
                1,
                run,
                runNumber,
                sequence,
                file,
                false,
                1000,
                List.of(track),
                List.of(),
                List.of(),
                parts));
        listeners.forEach(listener -> listener.changed(this));
      }
    }

    @Override
    public String name() {
      return "door";
    }

    @Override
    public Snapshot snapshot() {
      return new Snapshot(segments, Optional.empty(), false);
    }

    @Override
    public Subscription subscribe(Listener listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }

  private MediaLimit limit(int seconds) {
    LiveAssets live = LiveAssets.empty();
    live.add(STORE, recorder);
    MediaLimit limit = new MediaLimit(Duration.ofSeconds(seconds), reached::add);
    limit.watch(STORE, live);
    RecordingOutput output = new RecordingOutput(RecordingOutput.Type.ASSET_NAME, "door");
    EventSource source = EventSource.ofInstance("topic", "camera");
    limit.event(EventRecord.of(source, START, new GraphEvent.RecordingStarted(output, START)));
    return limit;
  }

  @Test
  void event_enoughMedia_isReachedOnce() {
    try (MediaLimit limit = limit(30)) {
      assertThat(limit).isNotNull();
      recorder.segment(0, 0, START, 29);
      assertThat(reached).isEmpty();
      recorder.segment(0, 1, START.plusSeconds(29), 5);
      assertThat(reached).containsExactly("camera");
    }
  }

  @Test
  void event_clockSetBackMeanwhile_countsWhatIsRecordedSince() {
    try (MediaLimit limit = limit(30)) {
      assertThat(limit).isNotNull();
      recorder.segment(0, 0, START, 10);
      recorder.segment(1, 0, START.minusSeconds(3600), 19);
      assertThat(reached).isEmpty();
      recorder.segment(1, 1, START.minusSeconds(3581), 1);
      assertThat(reached).containsExactly("camera");
    }
  }
}
