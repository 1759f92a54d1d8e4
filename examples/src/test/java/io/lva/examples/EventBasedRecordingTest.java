package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.LiveAssets;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.examples.judge.Recorded;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.IotHubMessageSource;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import io.lva.media.GapCause;
import io.lva.media.MediaEvent;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that messages and Java open, from the simulator to files that outside programs judge. */
class EventBasedRecordingTest {
  private static final Duration OFFSET = Duration.ofSeconds(2);
  private static final Duration MINIMUM = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final List<EventRecord> events = new CopyOnWriteArrayList<>();

  @Test
  void gate_openedByMessageAndByJava_recordsWhatTheyAskFor() throws Exception {
    Instant first;
    Instant second;
    try (CameraSimulator camera = CameraSimulator.builder().start();
        MediaRuntime runtime = runtime()) {
      GraphInstance instance = runtime.instance("door", graph(camera), values -> {});
      instance.activate();
      await(() -> has(GraphEvent.MediaSessionEstablished.class, 1), "a session");
      TimeUnit.SECONDS.sleep(5);
      assertThat(awaited(runtime)).contains(List.of(GapCause.GATE_CLOSED));
      first = Instant.now();
      MediaEvent.Message message =
          new MediaEvent.Message(0, "1", "{}", Map.of("eventTarget", "/graphInstances/door"));
      assertThat(runtime.messageInputs().deliver("trigger", message)).isEqualTo(1);
      await(() -> has(GraphEvent.RecordingStopped.class, 1), "the first recording");
      TimeUnit.SECONDS.sleep(5); // so that a hole remains between the two
      assertThat(awaited(runtime)).contains(List.of(GapCause.GATE_CLOSED));
      second = Instant.now();
      instance.trigger(second);
      await(() -> has(GraphEvent.RecordingStopped.class, 2), "the second recording");
    }

    assertThat(has(GraphEvent.RecordingStarted.class, 2)).isTrue();
    assertThat(has(GraphEvent.RecordingAvailable.class, 2)).isTrue();
    List<TimeRange> ranges = ranges();
    assertThat(ranges).hasSize(2);
    assertCovers(ranges.get(0), first);
    assertCovers(ranges.get(1), second);
    if (Judges.isInstalled("ffmpeg")) {
      Recorded.of(folder, "door").assertPlayableAndContinuous(3600);
    }
  }

  /** Returns why the asset gets no media, as readers in this process learn it. */
  private Optional<List<GapCause>> awaited(MediaRuntime runtime) {
    return LiveAssets.of(runtime.shared()).awaited(folder.toUri(), "door");
  }

  /** From a sync sample before the start, at most a group of pictures, to the end to the sample. */
  private static void assertCovers(TimeRange range, Instant event) {
    assertThat(range.start())
        .isBetween(event.minus(OFFSET).minusMillis(2500), event.minus(OFFSET).plusMillis(100));
    assertThat(range.end())
        .isBetween(event.plus(MINIMUM).minusMillis(600), event.plus(MINIMUM).plusMillis(100));
  }

  private List<TimeRange> ranges() throws Exception {
    try (AssetStore store = AssetStore.open(folder.toUri())) {
      AssetReport report = AssetVerifier.verify(store, "door", progress -> {});
      assertThat(report.problems()).isEmpty();
      assertThat(report.gaps())
          .anySatisfy(gap -> assertThat(gap.causes()).contains(GapCause.GATE_CLOSED));
      try (AssetReader reader = AssetReader.open(store, "door")) {
        return reader.ranges(Instant.EPOCH, Instant.now().plusSeconds(3600));
      }
    }
  }

  private MediaRuntime runtime() {
    return MediaRuntime.builder().assetStore(folder.toUri()).onEvent(events::add).start();
  }

  private static GraphTopology graph(CameraSimulator camera) {
    var graph = GraphTopology.builder("Gated");
    var source = graph.source("camera", RtspSource.at(camera.uri("/pattern").toString()));
    var hub = graph.source("hub", IotHubMessageSource.input("trigger"));
    var gate =
        graph.process(
            "gate",
            SignalGate.open(MINIMUM, Duration.ofSeconds(30)).signalOffset(OFFSET.negated()),
            new SignalGate.Ports(hub, source.video()));
    gate.video().to("asset", AssetSink.named("door"));
    return graph.build();
  }

  private boolean has(Class<? extends GraphEvent> type, int count) {
    return events.stream().filter(event -> type.isInstance(event.event())).count() >= count;
  }

  private static void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
