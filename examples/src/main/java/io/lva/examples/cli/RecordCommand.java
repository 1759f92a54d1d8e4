package io.lva.examples.cli;

import io.lva.event.EventJson;
import io.lva.event.EventRecord;
import io.lva.graph.GraphTopology;
import io.lva.graph.SourceClock;
import io.lva.graph.TopologyException;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records cameras until it is stopped: one graph a URL in one process. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = "Records cameras to assets; prints each event as a line of JSON.")
final class RecordCommand implements Callable<Integer> {
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  @Parameters(paramLabel = "URL", arity = "1..*", description = "Cameras: rtsp://host[:port]/path.")
  private List<String> urls = List.of();

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "Asset to record to; several cameras record to NAME-1, NAME-2, …")
  private @Nullable String asset;

  @Mixin private StoreOption store = new StoreOption();
  @Mixin private LoginOptions login = new LoginOptions();
  @Mixin private TopologyOptions topology = new TopologyOptions();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Stop each camera after N seconds of media.")
  private @Nullable Integer seconds;

  @Option(
      names = "--clock",
      paramLabel = "live|camera",
      defaultValue = "live",
      description =
          "camera: trust the camera's clock, for sources that replay faster than real time.")
  private SourceClock clock = SourceClock.LIVE;

  @Option(
      names = "--wait",
      description = "Do not give up when a camera cannot be reached at the start.")
  private boolean wait;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (seconds != null && seconds < 1) {
      throw new CommandFailure("--seconds must be 1 or more, and is " + seconds);
    }
    List<Camera> cameras = cameras();
    FirstConnections connections = new FirstConnections(cameras.size());
    BlockingQueue<String> enough = new LinkedBlockingQueue<>();
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal signal = StopSignal.install();
        MediaLimit limit = new MediaLimit(store.uri(), length(), enough::add);
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(store.uri())
                .onEvent(event -> print(out, event))
                .onEvent(connections)
                .onEvent(limit)
                .start()) {
      List<GraphInstance> instances = activate(runtime, cameras);
      try {
        if (!wait) {
          connections.await(FIRST_CONNECTION, signal);
        }
        awaitEnd(instances, enough, signal);
      } finally {
        deactivate(instances);
      }
    }
    return 0;
  }

  /** Until a signal comes, or every camera has recorded its share. */
  private static void awaitEnd(
      List<GraphInstance> instances, BlockingQueue<String> enough, StopSignal signal)
      throws InterruptedException {
    List<GraphInstance> running = new ArrayList<>(instances);
    while (!running.isEmpty() && !signal.await(POLL)) {
      for (String name = enough.poll(); name != null; name = enough.poll()) {
        String done = name;
        deactivate(running.stream().filter(each -> each.name().equals(done)).toList());
        running.removeIf(each -> each.name().equals(done));
      }
    }
  }

  private Duration length() {
    return seconds == null ? MediaLimit.NONE : Duration.ofSeconds(seconds);
  }

  /** What one graph records. */
  record Camera(String instance, String asset, String url) {
    @Override
    public String toString() {
      return "Camera[instance=" + instance + ", asset=" + asset + "]"; // a URL may have a password
    }
  }

  private List<Camera> cameras() {
    if (asset == null && !topology.isGiven()) {
      throw new CommandFailure("--asset NAME says where to record to");
    }
    String name = asset == null ? "asset" : asset;
    List<Camera> cameras = new ArrayList<>();
    for (int i = 1; i <= urls.size(); i++) {
      String suffix = urls.size() == 1 ? "" : "-" + i;
      boolean isInstanceName = name.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,26}[A-Za-z0-9])?");
      String instance = isInstanceName ? name + suffix : "camera-" + i;
      cameras.add(new Camera(instance, name + suffix, urls.get(i - 1)));
    }
    return cameras;
  }

  private List<GraphInstance> activate(MediaRuntime runtime, List<Camera> cameras) {
    List<GraphInstance> instances = new ArrayList<>();
    try {
      for (Camera camera : cameras) {
        GraphInstance instance =
            topology.isGiven()
                ? topology.instance(runtime, camera.instance(), camera.url(), login)
                : runtime.instance(camera.instance(), recording(camera), values -> {});
        instances.add(instance);
        instance.activate();
      }
      return instances;
    } catch (TopologyException | ActivationException | IllegalArgumentException e) {
      deactivate(instances);
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private GraphTopology recording(Camera camera) {
    return ContinuousRecording.topology(camera.url(), login.credentials(), clock, camera.asset());
  }

  private static void deactivate(List<GraphInstance> instances) {
    CompletableFuture.allOf(
            instances.stream()
                .map(instance -> instance.deactivateAsync(DRAIN).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static void print(PrintWriter out, EventRecord event) {
    out.println(EventJson.standard().envelope(event));
    out.flush();
  }
}
