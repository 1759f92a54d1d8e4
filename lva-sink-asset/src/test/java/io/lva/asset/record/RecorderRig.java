package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.GraphEvent;
import io.lva.media.MediaBudget;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A whole recorder on a virtual clock, without threads. */
final class RecorderRig {
  static final String ASSET = "front door";

  final VirtualClock clock = new VirtualClock(Fixtures.START);
  final ManualLane lane = new ManualLane(clock);
  final ManualLoop loop = new ManualLoop(clock);
  final List<GraphEvent> events = new ArrayList<>();
  final Map<String, Long> counts = new TreeMap<>();
  final List<RecordingSession> sessions = new ArrayList<>();
  final LiveAssets live = LiveAssets.empty();
  final DiskAssetStore store;
  final AssetRecorder recorder;
  final CameraSim camera;

  RecorderRig(Path root, FileOps files, RecorderOptions options, long memoryBytes) {
    store = new DiskAssetStore(root, files);
    SinkServices services =
        new SinkServices(
            store,
            name -> OpenAsset.inPlace(AssetFolder.open(store, name, lane.clock())),
            root.toUri(),
            live,
            lane,
            new MediaBudget(new SlabPool(1, memoryBytes)),
            options,
            metrics(),
            events::add,
            0);
    recorder =
        new AssetRecorder(
            options.partLength(),
            loop,
            start -> {
              Optional<RecordingSession> previous =
                  sessions.stream().filter(each -> each.holds(ASSET)).reduce((a, b) -> b);
              RecordingSession session =
                  new RecordingSession(services, ASSET, Optional.empty(), previous);
              sessions.add(session);
              return session;
            });
    camera = new CameraSim(recorder, Fixtures.START);
  }

  SampleConsumer input() {
    return recorder;
  }

  /** Sends pictures in real time and lets the lane work now and then. */
  void record(Duration time) {
    for (long i = 0; i < time.toMillis() / 40; i++) {
      camera.picture();
      clock.advance(Duration.ofMillis(40));
      loop.runDue();
      if (i % 5 == 0) {
        lane.pass(Duration.ZERO);
      }
    }
  }

  /** Lets time pass without pictures, as the camera's clock does. */
  void pause(Duration time) {
    for (long i = 0; i < time.toMillis() / 40; i++) {
      camera.skip(1);
      clock.advance(Duration.ofMillis(40));
      loop.runDue();
      lane.pass(Duration.ZERO);
    }
  }

  void end(io.lva.media.GapCause cause) {
    recorder.end(cause);
    lane.pass(Duration.ZERO);
  }

  boolean isFinished() {
    return sessions.stream().allMatch(session -> session.finished().isDone());
  }

  AssetReport verify() throws IOException {
    return AssetVerifier.verify(store, ASSET, hour -> {});
  }

  AssetView view() {
    return new AssetView(store, AssetLayout.folderName(ASSET));
  }

  AssetReport verified() throws IOException {
    AssetReport report = verify();
    assertThat(report.problems()).isEmpty();
    return report;
  }

  <T extends GraphEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  private Metrics metrics() {
    return new Metrics() {
      @Override
      public Counter counter(String name, String... tags) {
        String key = name + (tags.length == 0 ? "" : List.of(tags));
        return amount -> counts.merge(key, amount, Long::sum);
      }

      @Override
      public Registration gauge(
          String name, java.util.function.DoubleSupplier value, String... tags) {
        return () -> {};
      }
    };
  }
}
