package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.LiveAssets;
import io.lva.asset.RunSection;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import io.lva.media.GapCause;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.Clock;
import io.lva.testkit.store.MemoryObjectStore;
import io.lva.testkit.store.MemoryObjectStore.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records to a store that has put-if-absent and conditional replacement alone. */
class RecordToAnyStoreTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant END = START.plusSeconds(3600);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir private Path cache;

  private @Nullable MediaRuntime runtime;

  @AfterEach
  void close() {
    stop();
  }

  private void stop() {
    if (runtime != null) {
      runtime.close();
      runtime = null;
    }
  }

  private GraphInstance instance(AssetStore store, Camera camera, long cacheMiB) {
    MediaRuntime started =
        MediaRuntime.builder().nodes(camera).option(AssetStore.class, store).start();
    runtime = started;
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
    return started.instance(
        "camera1", graph.build(), values -> values.set(url, "rtsp://127.0.0.1/main"));
  }

  /** Returns what is recorded here, for readers in this process. */
  private LiveAssets recorders() {
    return LiveAssets.of(Objects.requireNonNull(runtime).shared());
  }

  private static AssetReport verify(AssetStore store) throws IOException {
    return AssetVerifier.verify(store, "door", hour -> {});
  }

  private static List<Fragment> fragments(AssetReader reader) throws IOException {
    return reader.fragments(START, END, 1);
  }

  private List<String> cached(String suffix) throws IOException {
    while (true) {
      try (Stream<Path> files = Files.walk(cache)) {
        return files.map(Path::toString).filter(name -> name.endsWith(suffix)).sorted().toList();
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
        // A file was uploaded or renamed meanwhile: look again.
      }
    }
  }

  private boolean cachedOnly(String... starts) throws IOException {
    List<String> files = cached(".mp4");
    return files.size() == starts.length
        && Stream.of(starts).allMatch(start -> files.stream().anyMatch(f -> f.contains(start)));
  }

  private static void await(Condition condition) throws IOException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.holds() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(condition.holds()).isTrue();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  @Test
  void record_slowStore_everythingIsThereAndOneFragmentIsOneCall() throws IOException {
    SlowStore store = new SlowStore();
    Camera camera = new Camera(START);
    GraphInstance instance = instance(store, camera, 100);
    instance.activate();
    camera.seconds(95);
    instance.deactivate(DEADLINE);
    stop();

    assertThat(cached(".mp4")).isEmpty();
    assertThat(cached(".part")).isEmpty();
    AssetReport report = verify(store);
    assertThat(report.problems()).isEmpty();
    assertThat(report.segments()).isGreaterThanOrEqualTo(4);
    try (AssetReader reader = AssetReader.open(store, "door")) {
      List<RunSection> sections = reader.sections(START, END);
      assertThat(sections).hasSize(1);
      List<Fragment> fragments = sections.get(0).master().fragments();
      reader.init(fragments.get(0));
      reader.read(fragments.get(0));
      long slowest = 0;
      for (Fragment fragment : fragments.subList(1, 6)) {
        int before = store.calls.get();
        long began = System.nanoTime();
        reader.init(fragment);
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
        slowest = Math.max(slowest, System.nanoTime() - began);
        assertThat(store.calls.get() - before).isEqualTo(1);
      }
      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(200));
    }
  }

  @Test
  void record_clockSetBackByAnHour_isNoProblemAndNoLoss() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Camera camera = new Camera(START);
    GraphInstance instance = instance(store, camera, 100);
    instance.activate();
    camera.seconds(40);
    camera.setBack(Duration.ofHours(1));
    camera.seconds(40);
    Instant newest = camera.now();
    instance.deactivate(DEADLINE);
    stop();

    AssetReport report = verify(store);
    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(2);
    AssetReport repaired = AssetVerifier.repair(store, "door", hour -> {});
    assertThat(repaired.problems()).isEmpty();
    assertThat(repaired.gaps()).isEqualTo(report.gaps());
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(reader.newestEnd()).contains(newest);
    }
  }

  @Test
  void record_storeIsAway_cacheHoldsItAndTheNextRunPublishesIt() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Camera camera = new Camera(START);
    GraphInstance instance = instance(store, camera, 100);
    instance.activate();
    camera.seconds(35);
    await(() -> cached(".mp4").isEmpty());
    store.fault(call -> Outcome.REFUSED);
    camera.seconds(60);
    try (AssetReader reader = AssetReader.open(store, "door", recorders())) {
      // What is in the cache is seen; what only the store has comes back with it.
      // A fragment is complete when the next one begins.
      await(() -> reader.ranges(START.plusSeconds(31), END).equals(List.of(range(31, 94))));
      for (Fragment fragment : reader.fragments(START.plusSeconds(31), END, 1)) {
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
    }
    instance.deactivate(Duration.ofSeconds(2));
    stop();
    assertThat(cached(".mp4")).isNotEmpty();

    Set<String> lost = ConcurrentHashMap.newKeySet();
    store.fault(
        call -> call.hashCode() % 3 == 0 && lost.add(call) ? Outcome.ANSWER_LOST : Outcome.DONE);
    Camera later = new Camera(START.plusSeconds(120));
    instance = instance(store, later, 100);
    GraphInstance next = instance;
    await(() -> activated(next));
    store.fault(call -> Outcome.DONE);
    later.seconds(40);
    instance.deactivate(DEADLINE);
    stop();

    assertThat(cached(".mp4")).isEmpty();
    AssetReport report = verify(store);
    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(2);
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(reader.ranges(START, END)).hasSize(2);
      assertThat(reader.ranges(START, END).get(0).end()).isEqualTo(START.plusSeconds(95));
    }
  }

  private static boolean activated(GraphInstance instance) {
    try {
      instance.activate();
      return true;
    } catch (ActivationException e) {
      return false;
    }
  }

  @Test
  void record_cacheIsFull_oldestNotInFlightGoesAsAGap() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    AtomicBoolean tried = new AtomicBoolean();
    Camera camera = new Camera(START);
    GraphInstance instance = instance(store, camera, 8); // two segments of 30 s, and some
    instance.activate();
    store.fault(
        call -> {
          tried.compareAndSet(false, call.startsWith("put"));
          return call.startsWith("put") ? Outcome.REFUSED : Outcome.DONE;
        });
    camera.seconds(32);
    await(tried::get); // the first segment is in flight from here on
    camera.seconds(150);
    await(() -> cachedOnly("T100000.000Z-", "T100230.000Z-"));
    store.fault(call -> Outcome.DONE);
    instance.deactivate(DEADLINE);
    stop();

    assertThat(verify(store).problems()).isEmpty();
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(reader.ranges(START, END)).containsExactly(range(0, 30), range(150, 182));
      assertThat(overflows(reader))
          .containsExactly(range(30, 60), range(60, 90), range(90, 120), range(120, 150));
      for (Fragment fragment : fragments(reader)) {
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
    }
  }

  @Test
  void record_cacheIsFullBeforeAnyUpload_oldestGoes() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Camera camera = new Camera(START);
    GraphInstance instance = instance(store, camera, 8);
    instance.activate();
    instance.deactivate(DEADLINE); // the spool knows the asset from here on
    store.fault(call -> Outcome.REFUSED);
    instance.activate();
    camera.seconds(182);
    await(() -> cachedOnly("T100154.000Z-", "T100224.000Z-"));
    store.fault(call -> Outcome.DONE);
    instance.deactivate(DEADLINE);
    stop();

    assertThat(verify(store).problems()).isEmpty();
    try (AssetReader reader = AssetReader.open(store, "door")) {
      // The second sink of a runtime begins with a shorter segment.
      assertThat(reader.ranges(START, END)).containsExactly(range(114, 182));
      assertThat(overflows(reader))
          .containsExactly(range(0, 24), range(24, 54), range(54, 84), range(84, 114));
    }
  }

  private static TimeRange range(int startSecond, int endSecond) {
    return new TimeRange(START.plusSeconds(startSecond), START.plusSeconds(endSecond));
  }

  private static List<TimeRange> overflows(AssetReader reader) throws IOException {
    return reader.gaps(START, START.plusSeconds(179)).stream()
        .map(AssetGap::gap)
        .filter(gap -> gap.causes().equals(List.of(GapCause.CACHE_OVERFLOW)))
        .map(gap -> new TimeRange(gap.start(), gap.end().orElseThrow()))
        .toList();
  }

  @Test
  void record_whileItLasts_readerInThisProcessSeesOneLine() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Camera camera = new Camera(START);
    GraphInstance instance = instance(store, camera, 100);
    instance.activate();
    camera.seconds(50);
    try (AssetReader reader = AssetReader.open(store, "door", recorders())) {
      await(() -> reader.sections(START, END).size() == 1 && fragments(reader).size() >= 24);
      for (Fragment fragment : fragments(reader)) {
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
    }
    instance.deactivate(DEADLINE);
  }

  @Test
  void activate_anotherRecorderHasTheAsset_isRefused() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (AssetStore elsewhere = store.elsewhere(Clock.system(), MemoryObjectStore.DEFAULT_LEASE);
        var writer = elsewhere.lock("door", "door", "somebody else")) {
      assertThat(writer.held()).isTrue();
      GraphInstance instance = instance(store, new Camera(START), 100);
      assertThatThrownBy(instance::activate)
          .isInstanceOf(ActivationException.class)
          .hasMessageContaining("somebody else");
    }
  }
}
