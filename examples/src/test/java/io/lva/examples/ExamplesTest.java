package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetSummary;
import io.lva.asset.Assets;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.event.GraphEvent;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each example does what it is an example of. */
@Timeout(180)
class ExamplesTest {
  private static final String TOPOLOGY =
      """
      {"@apiVersion": "2.0", "name": "CVR", "properties": {
        "parameters": [{"name": "rtspUrl", "type": "String"}],
        "sources": [{"@type": "#Microsoft.Media.MediaGraphRtspSource", "name": "rtspSource",
          "endpoint": {"@type": "#Microsoft.Media.MediaGraphUnsecuredEndpoint",
            "url": "${rtspUrl}"}}],
        "sinks": [{"@type": "#Microsoft.Media.MediaGraphAssetSink", "name": "assetSink",
          "assetNamePattern": "front-door", "segmentLength": "PT30S",
          "localMediaCachePath": "/var/lib/media", "localMediaCacheMaximumSizeMiB": "200",
          "inputs": [{"nodeName": "rtspSource"}]}]}}
      """;

  @TempDir private Path folder;

  /** What an example prints. */
  private static String output(Example example) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      example.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private interface Example {
    void run() throws Exception;
  }

  /** Runs one that records for ever longer, as a busy machine may need for the first picture. */
  private AssetSummary recorded(RecordingExample example) throws Exception {
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      for (int seconds = 2; seconds < 100; seconds *= 4) {
        example.run(camera.uri("/pattern").toString(), "" + seconds);
        AssetSummary asset = summary();
        if (asset.span().isPresent()) {
          return asset;
        }
      }
    }
    throw new AssertionError("nothing was recorded");
  }

  private interface RecordingExample {
    void run(String url, String seconds) throws Exception;
  }

  private AssetSummary summary() throws IOException {
    try (AssetStore store = AssetStore.open(folder.toUri())) {
      return Assets.describe(store, "front-door");
    }
  }

  @Test
  void loadTopology_ofThePublishedForm_records() throws Exception {
    Path file = Files.writeString(folder.resolve("topology.json"), TOPOLOGY);
    AssetSummary asset =
        recorded(
            (url, seconds) ->
                LoadTopology.main(new String[] {file.toString(), url, folder.toString(), seconds}));
    assertThat(asset.name()).isEqualTo("front-door");
  }

  @Test
  void watchRecording_ofACamera_printsEventsAndMetrics() throws Exception {
    String printed =
        output(
            () ->
                recorded(
                    (url, seconds) ->
                        WatchRecording.main(new String[] {url, folder.toString(), seconds})));
    assertThat(printed).contains("front-door is connected").contains("lva_received_bytes_total{");
  }

  @Test
  void exportAndServe_whatWasRecorded_giveAFileAndAPage() throws Exception {
    AssetSummary asset =
        recorded(
            (url, seconds) ->
                RecordToDirectory.main(new String[] {url, folder.toString(), seconds}));
    TimeRange span = asset.span().orElseThrow();
    Path file = folder.resolve("clip.mp4");
    String printed =
        output(
            () ->
                ExportRange.main(
                    new String[] {
                      folder.toString(),
                      asset.name(),
                      span.start().toString(),
                      span.end().toString(),
                      file.toString()
                    }));
    assertThat(printed).contains(span.start().toString());
    assertThat(Files.size(file)).isGreaterThan(10_000);

    try (ServePage page = ServePage.start(folder, 0)) {
      assertThat(get(page.address())).contains("<html");
      assertThat(get(page.address() + "assets")).contains("front-door");
      assertThat(status(page.address().replaceFirst("/$", "")))
          .as("a page whose scripts are elsewhere")
          .isEqualTo(404);
      assertThat(get(page.address() + "front-door/content.ism/manifest(format=m3u8-cmaf)"))
          .startsWith("#EXTM3U");
    }
  }

  private static String get(String address) throws IOException, InterruptedException {
    HttpResponse<String> response = send(address);
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    return response.body();
  }

  private static int status(String address) throws IOException, InterruptedException {
    return send(address).statusCode();
  }

  private static HttpResponse<String> send(String address)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void countSyncSamples_besideAnAssetSink_counts() throws Exception {
    Semaphore counted = new Semaphore(0);
    var graph = GraphTopology.builder("Counting");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(folder.toUri())
                .nodes(new CountSyncSamples.Provider())
                .metrics(counting("example.sync.samples", counted))
                .start()) {
      var video = graph.source("camera", RtspSource.at(camera.uri("/pattern").toString())).video();
      video.to("archive", AssetSink.named("front-door"));
      video.to("counter", new CountSyncSamples.Spec());
      GraphInstance instance = runtime.instance("front-door", graph.build(), values -> {});
      instance.activate();
      assertThat(counted.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
      instance.deactivate(Duration.ofSeconds(30));
    }
    assertThat(summary().span()).isPresent();
  }

  @Test
  void storeInMemory_recordedTo_playsBackAndIsListed() throws Exception {
    URI uri = URI.create("memory:examples");
    Semaphore started = new Semaphore(0);
    var graph = GraphTopology.builder("ToMemory");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(uri)
                .onEvent(
                    record -> {
                      if (record.event() instanceof GraphEvent.RecordingStarted) {
                        started.release();
                      }
                    })
                .start()) {
      var video = graph.source("camera", RtspSource.at(camera.uri("/pattern").toString())).video();
      video.to("archive", AssetSink.named("front-door").localCache(folder.toString(), 200));
      GraphInstance instance = runtime.instance("front-door", graph.build(), values -> {});
      instance.activate();
      assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
      instance.deactivate(Duration.ofSeconds(30));
    }
    try (AssetStore store = AssetStore.open(uri)) {
      AssetSummary asset = Assets.describe(store, "front-door");
      assertThat(asset.span()).isPresent();
    }
    try (Playback playback = Playback.open(uri)) {
      Request request =
          Request.of("GET", "/front-door/content.ism/manifest(format=m3u8-cmaf)", Map.of());
      Response response = playback.handle(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(response.status()).isEqualTo(200);
    }
  }

  private static Metrics counting(String name, Semaphore counted) {
    return new Metrics() {
      @Override
      public Counter counter(String asked, String... tags) {
        return asked.equals(name) ? amount -> counted.release((int) amount) : amount -> {};
      }

      @Override
      public Registration gauge(String asked, DoubleSupplier value, String... tags) {
        return () -> {};
      }
    };
  }
}
