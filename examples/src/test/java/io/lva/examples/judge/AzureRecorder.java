package io.lva.examples.judge;

import io.lva.asset.azure.AzureBlobOptions;
import io.lva.asset.azure.AzureBlobStore;
import io.lva.asset.azure.AzureCredentials;
import io.lva.asset.store.AssetStore;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.Azurite;
import io.lva.testkit.Judges;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Records a camera that is faster than time to several assets of a container, as a process of its
 * own, which can be frozen and killed. It prints its events, and stops when its input ends.
 */
public final class AzureRecorder implements AutoCloseable {
  /** Seconds of media per second. */
  public static final int SPEED = FastCamera.SPEED;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final BufferedReader events;

  private AzureRecorder(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.events = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Where and how a recorder stores what it records. */
  public record Place(String container, int port, Duration lease) {
    /** Opens the container. */
    public AzureBlobStore open() throws IOException {
      return AzureBlobStore.connect(
          AzureBlobOptions.builder(
                  container, AzureCredentials.connectionString(Azurite.connectionString(port)))
              .createContainer(true)
              .requestTimeout(Duration.ofSeconds(1))
              .lease(lease)
              .build());
    }
  }

  /**
   * Starts a recorder.
   *
   * @param place of the assets
   * @param folder of its cache and its log
   * @param start when the first picture is taken, by a clock that is as fast as the camera
   * @param length of all media
   * @param assets names of the assets
   */
  public static AzureRecorder start(
      Place place, Path folder, Instant start, Duration length, List<String> assets)
      throws IOException {
    String classPath =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                AzureRecorder.class.getName(),
                place.container(),
                Integer.toString(place.port()),
                place.lease().toString(),
                folder.resolve("cache").toString(),
                start.toString(),
                length.toString()));
    command.addAll(assets);
    Path log = Files.createTempFile(Files.createDirectories(folder), "recorder", ".log");
    return new AzureRecorder(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** Waits until it prints an event of a type. */
  public void await(String event) throws IOException {
    String line = events.readLine();
    while (line != null && !line.equals(event)) {
      line = events.readLine();
    }
    if (line == null) {
      throw new AssertionError("ended without " + event + ": " + Files.readString(log));
    }
  }

  /** Lets it stand still, as a host that has no time for it. */
  public void freeze() {
    Judges.accept("kill", "-STOP", Long.toString(process.pid()));
  }

  /** Lets it go on. */
  public void thaw() {
    Judges.accept("kill", "-CONT", Long.toString(process.pid()));
  }

  /** Takes it away without a warning. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Stops it; returns once everything is in the store. */
  public void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    Thread reader = new Thread(() -> events.lines().forEach(line -> {}), "recorder-events");
    reader.setDaemon(true);
    reader.start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("was not stopped: " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    Place place =
        new Place(arguments[0], Integer.parseInt(arguments[1]), Duration.parse(arguments[2]));
    List<String> assets = Arrays.asList(arguments).subList(6, arguments.length);
    try (AzureBlobStore store = place.open();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .nodes(new FastCamera(Instant.parse(arguments[4]), Duration.parse(arguments[5])))
                .option(AssetStore.class, store)
                .onEvent(event -> System.out.println(event.event().getClass().getSimpleName()))
                .start()) {
      List<GraphInstance> instances = new ArrayList<>();
      for (String asset : assets) {
        GraphTopology topology = topology(asset, arguments[3]);
        GraphInstance instance = runtime.instance(asset, topology, values -> {});
        activate(instance);
        instances.add(instance);
      }
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
      instances.forEach(instance -> instance.deactivate(PATIENCE));
    }
  }

  /** Waits until another recorder of the asset has lost it. */
  private static void activate(GraphInstance instance) {
    boolean active = false;
    while (!active) {
      try {
        instance.activate();
        active = true;
      } catch (ActivationException e) {
        if (!String.valueOf(e.getMessage()).contains("in use")) {
          throw e;
        }
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  private static GraphTopology topology(String asset, String cache) {
    var graph = GraphTopology.builder("ToAzure");
    graph
        .source("camera", RtspSource.at("rtsp://127.0.0.1/fast"))
        .video()
        .to(
            "sink",
            AssetSink.named(asset).segmentLength(Duration.ofSeconds(30)).localCache(cache, 500));
    return graph.build();
  }
}
