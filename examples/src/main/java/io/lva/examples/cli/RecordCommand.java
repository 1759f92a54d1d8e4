package io.lva.examples.cli;

import io.lva.asset.LiveAssets;
import io.lva.graph.GraphTopology;
import io.lva.graph.SourceClock;
import io.lva.graph.TopologyException;
import io.lva.playback.PlaybackOptions;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Records cameras until it is stopped: one graph per URL in one process, so that the page it may
 * serve shows them with little delay.
 */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description =
        "Records cameras to assets; prints each event as a line of JSON, or as text on a terminal.",
    footer =
        "Exit codes: 0 done, 1 some camera was not recorded by the end of --seconds, or the store"
            + " did not take everything within 30 s of the stop, 2 bad input or no camera could"
            + " start.")
final class RecordCommand implements Callable<Integer> {
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  @Parameters(
      paramLabel = "URL",
      arity = "1..*",
      description = "Cameras: rtsp://host[:port]/path, or rtsps:// for TLS.")
  private List<String> urls = List.of();

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "Asset to record to; several cameras record to NAME-1, NAME-2 and so on.")
  private @Nullable String asset;

  @Mixin private StoreOption store = new StoreOption();
  @Mixin private LoginOptions login = new LoginOptions();
  @Mixin private TransportOption transport = new TransportOption();
  @Mixin private TrustOptions trust = new TrustOptions();
  @Mixin private TopologyOptions topology = new TopologyOptions();
  @Mixin private TuningOptions tuning = new TuningOptions();
  @Mixin private PageOptions page = new PageOptions();

  @Option(
      names = "--page",
      description = "Serve a page that plays the cameras, live and recorded; so does --port.")
  private boolean withPage;

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
      names = "--on",
      paramLabel = "always|motion",
      defaultValue = "always",
      description = "motion: record only while something moves, from 5 s before to 10 s after.")
  private RecordingTrigger trigger = RecordingTrigger.ALWAYS;

  @Option(names = "--no-audio", description = "Record no sound, and ask the camera for none.")
  private boolean noAudio;

  @Option(
      names = "--wait",
      description = "Do not give up when no camera can be reached at the start.")
  private boolean wait;

  @Option(names = "--json", description = "Print events as JSON to a terminal, too.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (seconds != null && seconds < 1) {
      throw new CommandFailure("--seconds must be 1 or more, and is " + seconds);
    }
    if (topology.isGiven() && trigger != RecordingTrigger.ALWAYS) {
      throw new CommandFailure("--on is for recordings without --topology: give one of the two");
    }
    if (topology.isGiven() && trust.isGiven()) {
      throw new CommandFailure(
          "--trusted-certificates, --ignore-hostname and --ignore-signature are for recordings"
              + " without --topology, whose endpoint says what is trusted");
    }
    if (topology.isGiven() && noAudio) {
      throw new CommandFailure(
          "--no-audio is for recordings without --topology, whose outputSelectors say what is"
              + " recorded");
    }
    List<Camera> cameras = cameras();
    NewFolder folder = NewFolder.of(store.uri());
    UnwrittenMedia unwritten = new UnwrittenMedia();
    try {
      return record(cameras, unwritten);
    } finally {
      if (!unwritten.any()) { // a disk that does not answer is left alone
        folder.removeIfEmpty();
      }
    }
  }

  private int record(List<Camera> cameras, UnwrittenMedia unwritten) throws InterruptedException {
    Monitor monitor = new Monitor(store.uri());
    FirstConnections connections =
        new FirstConnections(cameras.stream().map(Camera::instance).toList(), store.isElsewhere());
    RecordingStatus status =
        new RecordingStatus(cameras.size(), monitor.registry(), System::nanoTime);
    BlockingQueue<String> enough = new LinkedBlockingQueue<>();
    try (StopSignal signal = StopSignal.install();
        ProgressLine line = ProgressLine.onTerminal();
        MediaLimit limit = new MediaLimit(length(), enough::add)) {
      EventPrinter output = EventPrinter.to(spec.commandLine().getOut(), line, json);
      try (MediaRuntime runtime =
              tuning
                  .applyTo(MediaRuntime.builder())
                  .assetStore(store.uri())
                  .option(PlaybackOptions.class, page.playback())
                  .metrics(monitor.metrics())
                  // Programs get each fault at once; a person reads it in the message of the end.
                  .onEvent(wait || !Terminal.isPresent() ? output : output.holding())
                  .onEvent(connections)
                  .onEvent(status)
                  .onEvent(limit)
                  .onEvent(unwritten)
                  .start();
          Recordings recordings = new Recordings(DRAIN)) {
        limit.watch(runtime.assetStore(), LiveAssets.of(runtime.shared()));
        List<String> refusals = new ArrayList<>();
        for (Camera camera : cameras) {
          activate(camera, runtime, recordings)
              .ifPresent(
                  reason -> {
                    connections.refused(camera.instance(), reason);
                    refusals.add(camera.instance() + ": " + Lva.oneLine(reason));
                  });
        }
        PageServer server = servePage(runtime, monitor);
        try {
          if (!wait || recordings.isEmpty()) {
            connections.await(FIRST_CONNECTION, signal); // when it fails, it says why
            output.release();
          }
          report(refusals);
          awaitEnd(recordings, connections, enough, signal, () -> line.show(status.line()));
        } finally {
          if (server != null) {
            server.close();
          }
        }
      }
      if (unwritten.any()) {
        signal.fail();
      }
    }
    return connections.haveAllStarted() && !unwritten.any() ? 0 : Lva.PROBLEMS;
  }

  private @Nullable PageServer servePage(MediaRuntime runtime, Monitor monitor) {
    if (!withPage && !page.isGiven()) {
      return null;
    }
    PageServer server = page.serve(runtime, monitor);
    PrintWriter err = spec.commandLine().getErr(); // the standard output is for events
    server.urls().forEach(url -> err.println("page     " + url));
    err.flush();
    return server;
  }

  /**
   * Waits until a signal comes, or every camera that has started (with {@code --wait}, every
   * camera) has recorded for as long as was asked for.
   */
  private void awaitEnd(
      Recordings recordings,
      FirstConnections connections,
      BlockingQueue<String> enough,
      StopSignal signal,
      Runnable everyTurn)
      throws InterruptedException {
    boolean goesOn = true;
    while (goesOn && !signal.await(POLL)) {
      everyTurn.run();
      for (String name = enough.poll(); name != null; name = enough.poll()) {
        recordings.stop(name);
      }
      goesOn = seconds == null || recordings.anyMatch(name -> wait || connections.hasStarted(name));
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
    String last = name + suffix(urls.size());
    if (!topology.isGiven() && !CameraRules.isAsset(last)) {
      throw new CommandFailure("--asset '" + name + "' names no asset: give " + CameraRules.ASSETS);
    }
    boolean isInstanceName = CameraRules.isName(last);
    List<Camera> cameras = new ArrayList<>();
    for (int i = 1; i <= urls.size(); i++) {
      String each = name + suffix(i);
      cameras.add(new Camera(isInstanceName ? each : "camera-" + i, each, urls.get(i - 1)));
    }
    return cameras;
  }

  private String suffix(int number) {
    return urls.size() == 1 ? "" : "-" + number;
  }

  /**
   * Activates the graph of a camera. If that fails, the other cameras are recorded all the same.
   *
   * @return why the camera cannot be recorded; empty when its graph is active
   */
  private Optional<String> activate(Camera camera, MediaRuntime runtime, Recordings recordings) {
    try {
      GraphInstance instance =
          topology.isGiven()
              ? topology.instance(runtime, camera.instance(), camera.url(), login)
              : runtime.instance(camera.instance(), recording(camera), values -> {});
      recordings.start(instance);
      return Optional.empty();
    } catch (TopologyException e) {
      return Optional.of(
          topology.isGiven() ? String.valueOf(e.getMessage()) : CameraRules.words(e));
    } catch (ActivationException | IllegalArgumentException | CommandFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void report(List<String> refusals) {
    PrintWriter err = spec.commandLine().getErr();
    refusals.forEach(refusal -> err.println("lva: " + refusal));
    err.flush();
  }

  private GraphTopology recording(Camera camera) {
    CameraLink link =
        new CameraLink(camera.url(), login.credentials(), transport.transport(), trust.trust());
    return trigger.topology(link.source(clock), camera.asset(), !noAudio);
  }
}
