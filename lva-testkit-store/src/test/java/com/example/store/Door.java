package com.example.store;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.store.AssetStore;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import io.lva.playback.Playback;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the asset "door" in segments of 30 s, through a cache of this machine. */
final class Door implements AutoCloseable {
  /** Longer than two of the longest pauses between attempts to reach a store. */
  static final Duration DEADLINE = Duration.ofSeconds(70);

  final Camera camera;
  final List<GraphEvent> events = new CopyOnWriteArrayList<>();
  private final MediaRuntime runtime;
  private final GraphInstance instance;

  Door(AssetStore store, Path cache, Instant start) {
    this(store, cache, 100, start, Metrics.none());
  }

  Door(AssetStore store, Path cache, long cacheMiB, Instant start, Metrics metrics) {
    this(store, cache, cacheMiB, start, metrics, RecorderOptions.defaults());
  }

  Door(
      AssetStore store,
      Path cache,
      long cacheMiB,
      Instant start,
      Metrics metrics,
      RecorderOptions options) {
    camera = new Camera(start);
    runtime =
        MediaRuntime.builder()
            .nodes(camera)
            .option(AssetStore.class, store)
            .option(RecorderOptions.class, options)
            .metrics(metrics)
            .onEvent(this::event)
            .start();
    Parameter<String> url = Parameter.string("rtspUrl");
    var graph = GraphTopology.builder("ToTheCloud");
    graph.parameter(url);
    graph
        .source("rtspSource", RtspSource.at(url))
        .video()
        .to(
            "sink",
            AssetSink.named("door")
                .segmentLength(Duration.ofSeconds(30))
                .localCache(cache.toString(), cacheMiB));
    instance =
        runtime.instance(
            "camera1", graph.build(), values -> values.set(url, "rtsp://127.0.0.1/main"));
  }

  private void event(EventRecord record) {
    events.add(record.event());
  }

  Door activate() {
    instance.activate();
    return this;
  }

  /** Returns what is recorded here, for readers in this process. */
  LiveAssets recorders() {
    return LiveAssets.of(runtime.shared());
  }

  /** Opens what is recorded here for players. */
  Playback playback() throws IOException {
    return Playback.open(runtime);
  }

  void deactivate(Duration deadline) {
    instance.deactivate(deadline);
  }

  List<GraphEvent> events() {
    return List.copyOf(events);
  }

  <T> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
