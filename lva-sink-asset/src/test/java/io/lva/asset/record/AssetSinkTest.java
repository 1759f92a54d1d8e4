package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.LiveAssets;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileHandle;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.Utc;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.runtime.MediaRuntimeBuilder;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink in a graph, on a real disk and with real threads. */
class AssetSinkTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path root;

  private final ClipSource source = new ClipSource();
  private final BlockingQueue<EventRecord> events = new LinkedBlockingQueue<>();
  private final List<MediaRuntime> runtimes = new ArrayList<>();

  @AfterEach
  void close() {
    runtimes.forEach(MediaRuntime::close);
  }

  private GraphInstance instance(Path store, ClipSource clip, String pattern) {
    MediaRuntime runtime = builder(store, clip).start();
    runtimes.add(runtime);
    return instance(runtime, pattern);
  }

  private MediaRuntimeBuilder builder(Path store, ClipSource clip) {
    return MediaRuntime.builder()
        .nodes(clip, new AssetSinkProvider())
        .assetStore(store.toUri())
        .mediaMemory(16 << 20)
        .onEvent(events::add);
  }

  private static GraphInstance instance(MediaRuntime runtime, String pattern) {
    Parameter<String> url = Parameter.string("rtspUrl");
    var graph = GraphTopology.builder("CVRToAMSAsset");
    graph.parameter(url);
    graph.source("rtspSource", RtspSource.at(url)).video().to("sink", AssetSink.named(pattern));
    return runtime.instance(
        "camera1", graph.build(), values -> values.set(url, "rtsp://127.0.0.1/main"));
  }

  private void record(RealClip clip, int pictures) {
    source.send(
        output -> {
          output.tracks(TrackSet.of(clip.track()));
          output.utcSource(UtcSource.CAMERA, 0);
        });
    for (int i = 0; i < pictures; i++) {
      int number = i;
      while (!source.hasRoom()) {
        LockSupport.parkNanos(1_000_000);
      }
      source.send(output -> clip.send(number, Utc.nanos(START) + number * 40_000_000L, output));
    }
  }

  private <T extends GraphEvent> T await(Class<T> type) throws InterruptedException {
    while (true) {
      EventRecord event = events.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(event).as("%s within %s", type, DEADLINE).isNotNull();
      if (type.isInstance(event.event())) {
        return type.cast(event.event());
      }
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private AssetReport verify(String asset) throws IOException {
    DiskAssetStore store = new DiskAssetStore(root, FileOps.disk());
    return AssetVerifier.verify(store, asset, hour -> {});
  }

  @Test
  void record_realPictures_judgesAcceptEveryFile() throws IOException, InterruptedException {
    Judges.require("ffprobe", "ffmpeg");
    GraphInstance instance = instance(root, source, "camera-${System.GraphInstanceName}");
    instance.activate();
    SlabPool pool = source.slabs();
    RealClip clip = new RealClip(pool);
    record(clip, 25 * 36);
    await(GraphEvent.RecordingStarted.class);
    assertThat(await(GraphEvent.RecordingAvailable.class).output().location())
        .isEqualTo("camera-camera1");
    instance.deactivate(DEADLINE);
    await(GraphEvent.RecordingStopped.class);
    clip.close();

    assertThat(pool.usedBytes()).isZero();
    assertThat(files(".part")).isEmpty();
    assertThat(verify("camera-camera1").problems()).isEmpty();
    assertThat(verify("camera-camera1").gaps()).hasSize(1);
    List<Path> segments = files(".mp4");
    assertThat(segments).hasSizeBetween(2, 3);
    long pictures = 0;
    for (Path segment : segments) {
      pictures += decodedPictures(segment);
    }
    assertThat(pictures).isEqualTo(25 * 36);
    assertContinuous(segments);
  }

  private static long decodedPictures(Path segment) throws IOException, InterruptedException {
    Judges.decodes(segment.toString());
    String counted =
        Judges.accept(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "csv=p=0",
                segment.toString())
            .output();
    return Long.parseLong(counted.replace(",", "").strip());
  }

  private static void assertContinuous(List<Path> segments)
      throws IOException, InterruptedException {
    for (Path segment : segments) {
      long expected = 0;
      for (String line :
          Judges.accept(
                  "ffprobe",
                  "-v",
                  "error",
                  "-show_entries",
                  "packet=dts,duration",
                  "-of",
                  "csv=p=0",
                  segment.toString())
              .lines()) {
        String[] numbers = line.split(",", -1);
        assertThat(Long.parseLong(numbers[0])).isEqualTo(expected);
        expected += Long.parseLong(numbers[1]);
      }
    }
  }

  @Test
  void create_assetInUse_saysSo() throws IOException {
    instance(root, source, "front").activate();

    assertThatThrownBy(() -> instance(root, new ClipSource(), "front").activate())
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("asset front is in use");
  }

  @Test
  void activate_rightAfterDeactivate_opensTheAssetAgain() {
    GraphInstance instance = instance(root, source, "front");
    for (int i = 0; i < 20; i++) {
      instance.activate();
      instance.deactivate(DEADLINE);
    }

    assertThat(events).noneMatch(event -> event.event() instanceof GraphEvent.StorageError);
  }

  @Test
  void create_storeBelowAFile_saysSo() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");

    assertThatThrownBy(() -> instance(file.resolve("store"), source, "front").activate())
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining(file.toString());
  }

  @Test
  void activate_secretInTheStore_isNotRepeated() {
    MediaRuntime runtime =
        MediaRuntime.builder()
            .nodes(source, new AssetSinkProvider())
            .assetStore(URI.create("none:key:c2VjcmV0@videos"))
            .start();
    runtimes.add(runtime);
    GraphInstance instance = instance(runtime, "front");

    assertThatThrownBy(instance::activate)
        .hasMessageContaining("the asset store cannot be opened: no installed store knows 'none:'")
        .hasMessageNotContaining("c2VjcmV0");
  }

  /** Until there is media, those who ask learn that it is waited for, and why it does not come. */
  @Test
  void activate_cameraIsNotReached_assetIsAwaitedWithTheCause() throws IOException {
    GraphInstance instance = instance(root, source, "front");
    LiveAssets recorders = LiveAssets.of(runtimes.get(0).shared());
    assertThat(recorders.awaited(root.toUri(), "front")).isEmpty();
    instance.activate();
    source.send(output -> {}); // the sink has started by now
    assertThat(recorders.awaited(root.toUri(), "front")).contains(List.of());
    source.absence().because(GapCause.CAMERA_UNREACHABLE);
    assertThat(recorders.awaited(root.toUri(), "front"))
        .contains(List.of(GapCause.CAMERA_UNREACHABLE));
    source.absence().ended();
    RealClip clip = new RealClip(source.slabs());
    record(clip, 30);
    clip.close();
    assertThat(recorders.awaited(root.toUri(), "front")).isEmpty();
    instance.deactivate(DEADLINE);
  }

  @Test
  void deactivate_withoutMedia_leavesNoRecording() throws IOException {
    GraphInstance instance = instance(root, source, "a-${System.DateTime}");
    instance.activate();
    instance.deactivate(DEADLINE);

    assertThat(files(".mp4")).isEmpty();
    assertThat(events).noneMatch(event -> event.event() instanceof GraphEvent.RecordingStarted);
  }

  @Test
  void activate_twiceOneName_appends() throws IOException, InterruptedException {
    GraphInstance instance = instance(root, source, "front");
    instance.activate();
    RealClip clip = new RealClip(source.slabs());
    record(clip, 100);
    instance.deactivate(DEADLINE);
    await(GraphEvent.RecordingStopped.class);

    assertThat(verify("front").problems()).isEmpty();
    assertThat(verify("front").runs()).hasSize(1);
    clip.close();
  }

  /** A disk on which every write of media waits. */
  private static FileOps hanging(CountDownLatch released) {
    return proxy(
        FileOps.class,
        FileOps.disk(),
        (call, arguments, result) ->
            call.equals("create") && arguments[0].toString().endsWith(".part")
                ? hanging((FileHandle) result.get(), released)
                : result.get());
  }

  private static FileHandle hanging(FileHandle file, CountDownLatch released) {
    return proxy(
        FileHandle.class,
        file,
        (call, arguments, result) -> {
          if (call.startsWith("write")) {
            assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
          }
          return result.get();
        });
  }

  /** What becomes of a call. */
  private interface Intercepted {
    Object call(String name, Object[] arguments, Result result) throws Exception;
  }

  /** The call itself. */
  private interface Result {
    Object get() throws Exception;
  }

  private static <T> T proxy(Class<T> type, T target, Intercepted intercepted) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            intercepted.call(
                method.getName(),
                arguments,
                () -> {
                  try {
                    return method.invoke(target, arguments);
                  } catch (InvocationTargetException e) {
                    throw (Exception) e.getCause();
                  }
                });
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void deactivate_writesHang_endsByTheDeadlineAndSaysWhatIsNotWritten() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    MediaRuntime runtime =
        MediaRuntime.builder()
            .nodes(source, new AssetSinkProvider(hanging(released)))
            .assetStore(root.toUri())
            .mediaMemory(16 << 20)
            .onEvent(events::add)
            .closeDeadline(Duration.ofSeconds(2))
            .start();
    runtimes.add(runtime);
    GraphInstance instance = instance(runtime, "hung");
    try {
      instance.activate();
      RealClip clip = new RealClip(source.slabs());
      record(clip, 100);
      long start = System.nanoTime();
      instance.deactivate(Duration.ofSeconds(2));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      GraphEvent.StorageError told = await(GraphEvent.StorageError.class);
      assertThat(told.errorCode()).isEqualTo("notWritten");
      assertThat(told.reason()).contains("asset hung").containsPattern("before [1-9][0-9]* bytes");

      long closing = System.nanoTime();
      runtime.close();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(10));
    } finally {
      released.countDown();
    }
  }
}
