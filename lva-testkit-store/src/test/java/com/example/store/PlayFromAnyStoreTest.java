package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetVerifier;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.store.MemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays, exports and verifies what is in a store of objects alone, through public classes. */
class PlayFromAnyStoreTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String CONTENT = "/door/content.ism/";
  private static final Pattern MEDIA = Pattern.compile("m/[^\\s\"]+\\.m4s");
  private static final Pattern INIT = Pattern.compile("URI=\"(m/[^\"]+)\"");

  @TempDir private Path cache;

  private void record(AssetStore store, int seconds) {
    Camera camera = new Camera(START);
    try (MediaRuntime runtime =
        MediaRuntime.builder().nodes(camera).option(AssetStore.class, store).start()) {
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
                  .localCache(cache.toString(), 100));
      GraphInstance instance =
          runtime.instance(
              "camera1", graph.build(), values -> values.set(url, "rtsp://127.0.0.1/main"));
      instance.activate();
      camera.seconds(seconds);
      instance.deactivate(DEADLINE);
    }
  }

  private static byte[] get(Playback playback, String address) throws IOException {
    Response response =
        playback
            .handle(Request.of("GET", CONTENT + address, Map.of()))
            .toCompletableFuture()
            .join();
    assertThat(response.status()).as(address).isEqualTo(200);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    response.body().writeTo(body);
    return body.toByteArray();
  }

  private static String text(Playback playback, String address) throws IOException {
    return new String(get(playback, address), StandardCharsets.UTF_8);
  }

  private static List<String> all(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher
        .results()
        .map(found -> found.groupCount() > 0 ? found.group(1) : found.group())
        .distinct()
        .toList();
  }

  @Test
  void play_storeOf20MillisecondsPerCall_fragmentIsOneCall() throws IOException {
    SlowStore store = new SlowStore();
    record(store, 64);
    long[] nanos;
    int[] calls;
    try (Playback playback = Playback.open(store)) {
      String playlist = text(playback, "video.m3u8");
      List<String> fragments = all(MEDIA, playlist);
      assertThat(fragments).hasSize(32);
      get(playback, all(INIT, playlist).get(0));
      get(playback, fragments.get(0));
      nanos = new long[fragments.size() - 1];
      calls = new int[nanos.length];
      for (int i = 1; i < fragments.size(); i++) {
        int before = store.calls.get();
        long began = System.nanoTime();
        assertThat(get(playback, fragments.get(i)).length).isGreaterThan(200_000);
        nanos[i - 1] = System.nanoTime() - began;
        calls[i - 1] = store.calls.get() - before;
      }
    }
    Arrays.sort(calls);
    // The playlist's reader also looks for news, every two seconds.
    assertThat(calls[0]).isEqualTo(1);
    assertThat(calls[calls.length / 2]).isEqualTo(1);
    Arrays.sort(nanos);
    Duration median = Duration.ofNanos(nanos[nanos.length / 2]);
    System.getLogger(PlayFromAnyStoreTest.class.getName())
        .log(System.Logger.Level.INFO, "a fragment at 20 ms per call: median " + median);
    assertThat(median).isLessThanOrEqualTo(Duration.ofMillis(25));
  }

  /** Neither the player nor the store knows anything yet, except for the index of the day. */
  @Test
  void play_portionOfARecording_firstPictureIsThereAfterFourCalls() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    record(store, 95);
    List<String> calls = new CopyOnWriteArrayList<>();
    store.fault(
        call -> {
          if (!call.contains("door/index")) {
            calls.add(call);
          }
          return MemoryObjectStore.Outcome.DONE;
        });
    try (Playback playback = Playback.open(store)) {
      String playlist =
          text(playback, "video(startTime=2026-11-22T10:00:40Z,endTime=2026-11-22T10:01:20Z).m3u8");
      get(playback, all(INIT, playlist).get(0));
      assertThat(get(playback, all(MEDIA, playlist).get(0)).length).isGreaterThan(200_000);
    }
    assertThat(calls).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void play_fromTheStoreAlone_isWhatTheReaderHas() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    record(store, 64);
    assertThat(AssetVerifier.verify(store, "door", hour -> {}).problems()).isEmpty();
    try (Playback playback = Playback.open(store);
        AssetReader reader = AssetReader.open(store, "door")) {
      List<Fragment> fragments = reader.fragments(START, START.plusSeconds(64), 1);
      List<String> addresses = all(MEDIA, text(playback, "video.m3u8"));
      assertThat(addresses).hasSameSizeAs(fragments);
      for (int i = 0; i < fragments.size(); i++) {
        assertThat(get(playback, addresses.get(i))).hasSize(fragments.get(i).lengthBytes());
      }
      assertThat(text(playback, "gaps?startTime=2026-11-22&endTime=2026-11-23")).contains("[");
      byte[] file =
          get(playback, "export(startTime=2026-11-22T10:00:10Z,endTime=2026-11-22T10:00:50Z).mp4");
      ByteArrayOutputStream same = new ByteArrayOutputStream();
      try (AssetExport export =
          AssetExporter.export(reader, START.plusSeconds(10), START.plusSeconds(50))) {
        export.writeTo(Channels.newChannel(same), (written, total) -> {});
      }
      assertThat(file).isEqualTo(same.toByteArray());
      assertThat(file.length).isGreaterThan(20 * 200_000);
    }
  }

  @Test
  void open_runtimeThatWasGivenAStore_playsFromItAndLeavesItOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    SlowStore store =
        new SlowStore() {
          @Override
          public void close() throws IOException {
            closed.set(true);
            super.close();
          }
        };
    try (Door door = new Door(store, cache, START).activate()) {
      door.camera.seconds(65);
      door.deactivate(DEADLINE);
      try (Playback playback = door.playback()) {
        assertThat(all(MEDIA, text(playback, "video.m3u8"))).hasSizeGreaterThanOrEqualTo(32);
      }
    }
    assertThat(closed).isFalse();
    store.close();
  }

  /** One player waits for the store; others play on meanwhile. */
  @Test
  void play_storeHangsForOnePlayer_othersGoOn() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    record(store, 64);
    try (Playback playback = Playback.open(store)) {
      List<String> fragments = all(MEDIA, text(playback, "video.m3u8"));
      get(playback, fragments.get(0));
      CountDownLatch hangs = new CountDownLatch(1);
      CountDownLatch goesOn = new CountDownLatch(1);
      store.fault(
          call -> {
            if (Thread.currentThread().getName().equals("hanging")) {
              hangs.countDown();
              awaitUninterrupted(goesOn);
            }
            return MemoryObjectStore.Outcome.DONE;
          });
      CompletableFuture<Integer> slow = new CompletableFuture<>();
      Thread hanging =
          new Thread(() -> slow.complete(length(playback, fragments.get(1))), "hanging");
      hanging.start();
      assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
      for (String fragment : fragments) {
        assertThat(get(playback, fragment).length).isGreaterThan(200_000);
      }
      assertThat(text(playback, "video.m3u8")).contains(fragments.get(31));
      assertThat(slow).isNotDone();
      goesOn.countDown();
      assertThat(slow.get(30, TimeUnit.SECONDS)).isGreaterThan(200_000);
      hanging.join();
    }
  }

  private static int length(Playback playback, String address) {
    try {
      return get(playback, address).length;
    } catch (IOException e) {
      return -1;
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever asks whether an asset is recorded takes nothing from its writer. */
  @Test
  void isLocked_askedAllTheTimeByMany_noWriterFails() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    Thread[] askers = new Thread[4];
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < askers.length; i++) {
      askers[i] =
          new Thread(
              () -> {
                while (end.getCount() > 0) {
                  ask(store);
                }
              });
      askers[i].start();
    }
    for (int attempt = 0; attempt < 300; attempt++) {
      try (var writer = store.lock("door", "door", "somebody")) {
        assertThat(writer.held()).isTrue();
        assertThat(store.isLocked("door")).isTrue();
      }
    }
    end.countDown();
    for (Thread asker : askers) {
      asker.join();
    }
  }

  private static void ask(AssetStore store) {
    try {
      store.isLocked("door");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
