package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.RecorderOptions;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.store.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadLimitTest {
  private static final double MEGABITS_PER_SECOND = 8;
  private static final double BITS = 8e-6;
  private static final double NANOS = 1e9;

  @TempDir private Path cache;

  @Test
  void record_limitOfUploads_mediaTakesItsTime() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Camera camera = new Camera(Instant.parse("2026-11-22T10:00:00Z"));
    var graph = GraphTopology.builder("ToTheCloud");
    graph
        .source("rtspSource", RtspSource.at("rtsp://127.0.0.1/main"))
        .video()
        .to("sink", AssetSink.named("door").localCache(cache.toString(), 100));
    try (MediaRuntime runtime =
        MediaRuntime.builder()
            .nodes(camera)
            .option(AssetStore.class, store)
            .option(
                RecorderOptions.class, RecorderOptions.defaults().uploadLimit(MEGABITS_PER_SECOND))
            .start()) {
      GraphInstance instance = runtime.instance("camera1", graph.build(), values -> {});
      instance.activate();
      camera.seconds(10);
      long began = System.nanoTime();
      instance.deactivate(Duration.ofSeconds(60));
      double seconds = (System.nanoTime() - began) / NANOS;

      AssetReport report = AssetVerifier.verify(store, "door", hour -> {});
      assertThat(report.problems()).isEmpty();
      assertThat(report.segments()).isEqualTo(1);
      double least = report.bytes() * BITS / MEGABITS_PER_SECOND;
      assertThat(least).isGreaterThan(1);
      // The first piece goes at once.
      assertThat(seconds).isGreaterThan(least - 0.1);
    }
  }
}
