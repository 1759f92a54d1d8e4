package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.GraphEvent;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics that the contract names are there while a camera is recorded, with their labels. */
class MetricsTest {
  private static final List<String> NODE =
      List.of("graph_topology", "graph_instance", "graph_node");

  @TempDir private Path folder;
  private final Collected metrics = new Collected();
  private final Semaphore sessions = new Semaphore(0);
  private final Semaphore available = new Semaphore(0);

  /** Keeps counters and gauges by their name, and the keys of their tags. */
  private static final class Collected implements Metrics {
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
    private final Map<String, List<String>> keys = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String... tags) {
      keys.put(name, keys(tags));
      return counters.computeIfAbsent(name, any -> new LongAdder())::add;
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value, String... tags) {
      keys.put(name, keys(tags));
      gauges.put(name, value);
      return () -> gauges.remove(name);
    }

    private static List<String> keys(String... tags) {
      return java.util.stream.IntStream.range(0, tags.length)
          .filter(i -> i % 2 == 0)
          .mapToObj(i -> tags[i])
          .toList();
    }

    long count(String name) {
      return counters.getOrDefault(name, new LongAdder()).sum();
    }

    double value(String name) {
      return gauges.getOrDefault(name, () -> Double.NaN).getAsDouble();
    }
  }

  private void event(GraphEvent event) {
    if (event instanceof GraphEvent.MediaSessionEstablished) {
      sessions.release();
    } else if (event instanceof GraphEvent.RecordingAvailable) {
      available.release();
    }
  }

  @Test
  void record_cameraThatGoesAndComes_countedUnderTheNamesOfTheContract() throws Exception {
    var graph = GraphTopology.builder("ContinuousRecording");
    try (CameraSimulator camera = CameraSimulator.builder().start();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(folder.toUri())
                .metrics(metrics)
                .onEvent(record -> event(record.event()))
                .start()) {
      graph
          .source("camera", RtspSource.at(camera.uri("/pattern").toString()))
          .video()
          .to("archive", AssetSink.named("front-door"));
      GraphInstance recording = runtime.instance("front-door", graph.build(), values -> {});
      recording.activate();
      await(available);
      await(sessions);
      assertThat(metrics.value("lva.active.graph.instances")).isEqualTo(1);
      assertThat(metrics.value("lva.recording.lag.seconds")).isBetween(-1.0, 15.0);
      assertThat(metrics.value("lva.upload.backlog.bytes")).isZero();
      camera.dropConnections();
      await(sessions);
      recording.deactivate(Duration.ofSeconds(60));
    }
    assertThat(metrics.count("lva.received.bytes")).isPositive();
    assertThat(metrics.count("lva.source.connections")).isEqualTo(2);
    assertThat(metrics.count("lva.data.dropped")).isZero();
    assertThat(metrics.keys)
        .containsEntry("lva.active.graph.instances", List.of("graph_topology"))
        .containsEntry("lva.received.bytes", NODE)
        .containsEntry("lva.source.connections", NODE)
        .containsEntry("lva.recording.lag.seconds", NODE)
        .containsEntry("lva.upload.backlog.bytes", NODE);
    assertThat(metrics.keys.get("lva.data.dropped")).containsAll(NODE).contains("data_kind");
    assertThat(metrics.gauges).doesNotContainKey("lva.recording.lag.seconds");
  }

  private static void await(Semaphore happened) throws InterruptedException {
    assertThat(happened.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
  }
}
