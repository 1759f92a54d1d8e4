package io.lva.examples.playback;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.playback.Playback;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What {@code lva demo} is made of, with the camera at hand. */
final class PlayerRig implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();

  private final CameraSimulator camera;
  private final MediaRuntime runtime;
  private final GraphInstance instance;
  private final Playback playback;
  private final HttpPlaybackServer server;

  PlayerRig(Path store) throws IOException {
    this(store, CameraSimulator.builder().burst(true));
  }

  PlayerRig(Path store, CameraSimulator.Builder simulator) throws IOException {
    camera = simulator.start();
    runtime = MediaRuntime.builder().assetStore(store.toUri()).start();
    instance = runtime.instance("camera", recording(), values -> {});
    instance.activate();
    playback = Playback.open(runtime);
    server =
        HttpPlaybackServer.start(
            playback, HttpOptions.loopback(0).withOrigins(Set.of(HttpOptions.ANY_ORIGIN)));
  }

  private GraphTopology recording() {
    var graph = GraphTopology.builder("Recording");
    graph
        .source("camera", RtspSource.at(camera.uri("/pattern").toString()))
        .video()
        .to("archive", AssetSink.named("camera"));
    return graph.build();
  }

  CameraSimulator camera() {
    return camera;
  }

  /** Waits until a player can start. */
  void awaitPlayable(String manifest) throws IOException, InterruptedException {
    await(() -> get(manifest).statusCode() == 200);
  }

  /** Waits until a playlist says something, and returns it. */
  String awaitPlaylist(String address, Predicate<String> condition)
      throws IOException, InterruptedException {
    AtomicReference<String> text = new AtomicReference<>("");
    await(
        () -> {
          text.set(get(address).body());
          return condition.test(text.get());
        });
    return text.get();
  }

  /** Waits until a time is recorded. */
  void awaitRecorded(Instant time) throws IOException, InterruptedException {
    String following = time.plusSeconds(3600).toString();
    String ranges =
        url()
            + "camera/content.ism/availableMedia?precision=full&startTime="
            + time
            + "&endTime="
            + following;
    await(() -> get(ranges).body().contains("start"));
  }

  /** Asks again until something is so. */
  private static void await(Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("nothing is recorded");
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Ends the recording; what was recorded can still be played. */
  void stopRecording() {
    instance.deactivate(DRAIN);
  }

  /** Returns the address of the page. */
  String url() {
    return "http://127.0.0.1:" + server.address().getPort() + "/";
  }

  @Override
  public void close() {
    server.close();
    playback.close();
    instance.deactivate(DRAIN);
    runtime.close();
    camera.close();
  }
}
