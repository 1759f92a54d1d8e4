package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.LiveAssets;
import io.lva.asset.Stretch;
import io.lva.asset.store.AssetStore;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.playback.Playback;
import io.lva.playback.PlaybackOptions;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fragments of 6 MiB in a store that is no disk: an answer has a window of them in memory. */
class LargeFragmentsTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int SYNC_BYTES = 6 << 20;
  private static final int WINDOWS = 2;
  private static final String CONTENT = "/door/content.ism/";
  private static final Pattern MEDIA = Pattern.compile("m/[^\\s\"]+\\.m4s");

  private static final SlowStore STORE = new SlowStore();

  @BeforeAll
  static void record(@TempDir Path cache) {
    Camera camera = new Camera(START, SYNC_BYTES);
    try (MediaRuntime runtime =
        MediaRuntime.builder().nodes(camera).option(AssetStore.class, STORE).start()) {
      var graph = GraphTopology.builder("ToTheCloud");
      graph
          .source("rtspSource", RtspSource.at("rtsp://127.0.0.1/main"))
          .video()
          .to(
              "sink",
              AssetSink.named("door")
                  .segmentLength(Duration.ofSeconds(30))
                  .localCache(cache.toString(), 1000));
      GraphInstance instance = runtime.instance("camera1", graph.build(), values -> {});
      instance.activate();
      camera.seconds(8);
      instance.deactivate(DEADLINE);
    }
  }

  private static CompletableFuture<Response> ask(
      Playback playback, String method, String address, Map<String, String> headers) {
    return playback.handle(Request.of(method, CONTENT + address, headers)).toCompletableFuture();
  }

  private static CompletableFuture<Response> ask(Playback playback, String address) {
    return ask(playback, "GET", address, Map.of());
  }

  private static byte[] bytes(Response response) throws IOException {
    assertThat(response.status()).isEqualTo(200);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    response.body().writeTo(body);
    return body.toByteArray();
  }

  private static List<String> fragments(Playback playback) throws IOException {
    String playlist = new String(bytes(ask(playback, "video.m3u8").join()), StandardCharsets.UTF_8);
    return MEDIA.matcher(playlist).results().map(MatchResult::group).distinct().toList();
  }

  @Test
  void play_fragmentOfManyWindows_isReadWindowByWindow() throws IOException {
    try (Playback playback = Playback.open(STORE);
        AssetReader reader = AssetReader.open(STORE, "door")) {
      List<String> addresses = fragments(playback);
      List<Fragment> stored = reader.fragments(START, START.plusSeconds(8), 1);
      assertThat(addresses).hasSize(4).hasSameSizeAs(stored);
      bytes(ask(playback, addresses.get(0)).join());
      for (int i = 1; i < addresses.size(); i++) {
        STORE.largestRead.set(0);
        int before = STORE.calls.get();
        Response response = ask(playback, addresses.get(i)).join();
        int toFind = STORE.calls.get() - before;
        byte[] sent = bytes(response);
        int toSend = STORE.calls.get() - before - toFind;
        assertThat(toFind).isLessThanOrEqualTo(3);
        assertThat(toSend).isEqualTo(WINDOWS);
        assertThat(STORE.largestRead).hasValue(Stretch.WINDOW_BYTES);
        assertSame(sent, reader.read(stored.get(i)));
      }
    }
  }

  /** Eight bytes of each part differ, its time. */
  private static void assertSame(byte[] sent, ByteBuffer stored) {
    assertThat(sent).hasSize(stored.remaining()).hasSizeGreaterThan(SYNC_BYTES);
    int differences = 0;
    for (int i = 0; i < sent.length; i++) {
      differences += sent[i] == stored.get(i) ? 0 : 1;
    }
    assertThat(differences).isBetween(1, 100);
  }

  @Test
  void play_rangeOfAFragment_isReadFromItsBeginningOn() throws IOException {
    try (Playback playback = Playback.open(STORE)) {
      String address = fragments(playback).get(1);
      byte[] whole = bytes(ask(playback, address).join());
      int first = 5 << 20;
      Map<String, String> range = Map.of("Range", "bytes=" + first + "-" + (first + 99));
      Response response = ask(playback, "GET", address, range).join();
      int before = STORE.calls.get();
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      response.body().writeTo(part);
      assertThat(STORE.calls.get() - before).isEqualTo(1);
      assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(whole, first, first + 100));
    }
  }

  /** What an export keeps for itself is spare. */
  @Test
  void play_manySlowExports_leaveMemoryToPlayers() throws Exception {
    PlaybackOptions options =
        PlaybackOptions.defaults().withRemoteMemory(8L * Stretch.WINDOW_BYTES);
    try (Playback playback = Playback.open(STORE, LiveAssets.empty(), options)) {
      String address = fragments(playback).get(0);
      String range = "export(startTime=2026-11-22T10:00:00Z,endTime=2026-11-22T10:00:08Z).mp4";
      List<Response> exports = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        exports.add(ask(playback, range).get(30, TimeUnit.SECONDS));
      }
      assertThat(exports).extracting(Response::status).containsOnly(200);

      CompletableFuture<Response> played = ask(playback, address);

      assertThat(played).isDone();
      assertThat(bytes(played.join()).length).isGreaterThan(SYNC_BYTES);
      for (Response export : exports) {
        export.body().close();
      }
    }
  }

  @Test
  void play_memoryIsTaken_nextWaitsWithoutAThreadUntilAnAnswerEnds() throws Exception {
    PlaybackOptions options = PlaybackOptions.defaults().withRemoteMemory(Stretch.WINDOW_BYTES);
    try (Playback playback = Playback.open(STORE, LiveAssets.empty(), options)) {
      List<String> addresses = fragments(playback);
      Response first = ask(playback, addresses.get(0)).join();
      List<CompletableFuture<Response>> others = new ArrayList<>();
      others.add(ask(playback, "HEAD", addresses.get(1), Map.of()));
      String tag = first.headers().get("ETag");
      others.add(ask(playback, "GET", addresses.get(0), Map.of("If-None-Match", tag)));
      others.add(ask(playback, addresses.get(2)));
      assertThat(others).noneMatch(CompletableFuture::isDone);
      assertThat(bytes(ask(playback, "gaps?startTime=2026-11-22&endTime=2026-11-23").join()))
          .isNotEmpty();

      first.body().close();
      Response head = others.get(0).get(30, TimeUnit.SECONDS);
      assertThat(head.status()).isEqualTo(200);
      assertThat(others.get(1)).isNotDone();
      head.body().close();
      assertThat(others.get(1).get(30, TimeUnit.SECONDS).status()).isEqualTo(304);
      Response last = others.get(2).get(30, TimeUnit.SECONDS);
      assertThat(bytes(last).length).isGreaterThan(SYNC_BYTES);
      assertThat(ask(playback, addresses.get(3)).get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
  }
}
