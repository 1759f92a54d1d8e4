package io.lva.bench.system;

import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubIdentity;
import io.lva.iot.testkit.MethodResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the IoT Edge module as it is deployed, against an emulated hub: the resources it takes
 * when idle, how soon it records again after being killed, and how long a direct method takes, with
 * and without cameras, compared with a module built on Microsoft's client alone.
 */
@Command(
    name = "EdgeBenchmark",
    mixinStandardHelpOptions = true,
    description = "Measures lva edge against an emulated hub.")
public final class EdgeBenchmark implements Callable<Integer> {
  private static final HubIdentity LVA = HubIdentity.of("device", "lvaEdge");
  private static final HubIdentity ECHO = HubIdentity.of("device", "echo");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int RESTARTS = 5;

  /** The JVM options of the Dockerfile. */
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC", "-Xms32m", "-XX:MaxRAMPercentage=50", "-XX:-UsePerfData", "-Xss512k");

  private static final String TOPOLOGY =
      """
      {"@apiVersion": "2.0", "name": "t", "properties": {
        "parameters": [{"name": "rtspUrl", "type": "String"}],
        "sources": [{"@type": "#Microsoft.Media.MediaGraphRtspSource", "name": "source",
          "transport": "tcp", "endpoint": {"@type": "#Microsoft.Media.MediaGraphUnsecuredEndpoint",
            "url": "${rtspUrl}"}}],
        "sinks": [{"@type": "#Microsoft.Media.MediaGraphAssetSink", "name": "sink",
          "inputs": [{"nodeName": "source"}], "assetNamePattern": "${System.GraphInstanceName}",
          "segmentLength": "PT30S", "localMediaCacheMaximumSizeMiB": "20",
          "localMediaCachePath": "/tmp"}]}}\
      """;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      required = true,
      description = "The packaged command line, lva.jar.")
  private Path jar = Path.of("lva.jar");

  @Option(
      names = "--clip",
      paramLabel = "FILE",
      required = true,
      description = "MP4 file with an H.264 track; each camera sends it over and over.")
  private Path clip = Path.of("clip.mp4");

  @Option(
      names = "--cameras",
      paramLabel = "N",
      description = "How many cameras are recorded (default: ${DEFAULT-VALUE}).")
  private int cameras = 300;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Direct methods of each module and round (default: ${DEFAULT-VALUE}).")
  private int calls = 1000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each warm-up and the idle module take (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      required = true,
      description = "An empty folder for the module's data and recordings.")
  private Path folder = Path.of("edge");

  @Spec private CommandSpec spec = CommandSpec.create();

  private EdgeBenchmark() {}

  /**
   * Runs and exits with its code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EdgeBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (EdgeHubEmulator hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA, ECHO);
        FarmProcess farm = FarmProcess.start(clip, /* fullSpeed= */ false)) {
      hub.patchDesired(
          LVA,
          """
          {"applicationDataDirectory": "%s", "allowUnsecuredEndpoints": true,
           "operationalEventsOutputName": "events"}\
          """
              .formatted(Files.createDirectories(folder.resolve("data")).toAbsolutePath()));
      List<URI> addresses = farm.cameras(cameras);
      idle(hub);
      resume(hub, addresses.get(0));
      roundTrips(hub, addresses);
    }
    return 0;
  }

  private void idle(EdgeHubEmulator hub) throws IOException, InterruptedException {
    try (ChildProcess module = module(hub)) {
      connected(hub, LVA);
      pause(module);
      ProcessUsage before = ProcessUsage.of(List.of(module.pid()));
      pause(module);
      ProcessUsage used = ProcessUsage.of(List.of(module.pid())).since(before);
      print(
          "idle: %.2f %% of a core, %.0f MiB resident",
          100 * used.cpuSeconds() / seconds, used.residentBytes() / (1024.0 * 1024));
    }
  }

  @SuppressWarnings("try") // the module is only ended
  private void resume(EdgeHubEmulator hub, URI camera) throws IOException, InterruptedException {
    try (ChildProcess module = module(hub)) {
      connected(hub, LVA);
      method(hub, "GraphTopologySet", TOPOLOGY);
      activate(hub, 1, camera);
    }
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < RESTARTS; i++) {
      long begin = System.nanoTime();
      try (ChildProcess module = module(hub)) {
        while (!module.readLine().contains("is Active")) {
          // Other lines of its log.
        }
        times.add((System.nanoTime() - begin) / 1e9);
      }
    }
    Quantiles found = Quantiles.of(times);
    print(
        "process start to Active: median %.2f s, at most %.2f s of %d",
        found.median(), found.maximum(), found.count());
  }

  private void roundTrips(EdgeHubEmulator hub, List<URI> addresses)
      throws IOException, InterruptedException {
    try (ChildProcess module = module(hub);
        ChildProcess echo = echo(hub)) {
      connected(hub, LVA);
      connected(hub, ECHO);
      rounds(hub, "1 camera");
      for (int camera = 2; camera <= addresses.size(); camera++) {
        activate(hub, camera, addresses.get(camera - 1));
      }
      pause(module);
      ProcessUsage before = ProcessUsage.of(List.of(module.pid()));
      long begin = System.nanoTime();
      rounds(hub, addresses.size() + " cameras");
      ProcessUsage used = ProcessUsage.of(List.of(module.pid())).since(before);
      print(
          "with %d cameras: %.1f %% of a core, %.0f MiB resident",
          addresses.size(),
          100 * used.cpuSeconds() / ((System.nanoTime() - begin) / 1e9),
          used.residentBytes() / (1024.0 * 1024));
      if (!module.isAlive() || !echo.isAlive()) {
        throw new IOException("a module has ended");
      }
    }
  }

  /** Calls both modules in turn, after a warm-up of a quarter as many calls. */
  private void rounds(EdgeHubEmulator hub, String load) throws IOException, InterruptedException {
    String payload = named(1);
    List<Double> echoes = new ArrayList<>();
    List<Double> answers = new ArrayList<>();
    for (int i = -calls / 4; i < calls; i++) {
      double echo = millis(hub, ECHO, payload);
      double answer = millis(hub, LVA, payload);
      if (i >= 0) {
        echoes.add(echo);
        answers.add(answer);
      }
    }
    print("direct methods with %s: echo %s; module %s", load, text(echoes), text(answers));
  }

  private static double millis(EdgeHubEmulator hub, HubIdentity module, String payload)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    MethodResult result = hub.invoke(module, "GraphInstanceGet", payload, PATIENCE);
    double millis = (System.nanoTime() - begin) / 1e6;
    if (result.status() != 200) {
      throw new IOException("GraphInstanceGet: " + result);
    }
    return millis;
  }

  private static String text(List<Double> millis) {
    Quantiles found = Quantiles.of(millis);
    return "p50 %.1f, p99 %.1f, maximum %.1f ms"
        .formatted(found.median(), found.p99(), found.maximum());
  }

  private static String named(int camera) {
    return "{\"@apiVersion\": \"2.0\", \"name\": \"camera" + camera + "\"}";
  }

  private static void activate(EdgeHubEmulator hub, int camera, URI address)
      throws IOException, InterruptedException {
    method(
        hub,
        "GraphInstanceSet",
        """
        {"@apiVersion": "2.0", "name": "camera%d", "properties": {"topologyName": "t",
          "parameters": [{"name": "rtspUrl", "value": "%s"}]}}\
        """
            .formatted(camera, address));
    method(hub, "GraphInstanceActivate", named(camera));
  }

  private static void method(EdgeHubEmulator hub, String name, String payload)
      throws IOException, InterruptedException {
    MethodResult result = hub.invoke(LVA, name, payload, PATIENCE);
    if (result.status() > 201) {
      throw new IOException(name + ": " + result);
    }
  }

  private static void connected(EdgeHubEmulator hub, HubIdentity module)
      throws IOException, InterruptedException {
    if (!hub.awaitModule(module, PATIENCE)) {
      throw new IOException("the module does not connect: " + module.module());
    }
  }

  /** Starts the module, once the hub has noticed that the previous one has gone. */
  private ChildProcess module(EdgeHubEmulator hub) throws IOException, InterruptedException {
    hub.await(() -> !hub.isConnected(LVA), PATIENCE);
    List<String> arguments =
        List.of(
            "-jar",
            jar.toAbsolutePath().toString(),
            "edge",
            "--state",
            folder.resolve("state").toAbsolutePath().toString(),
            "--metrics-port",
            "0");
    return process(hub.developmentEnvironment(LVA), arguments);
  }

  private static ChildProcess echo(EdgeHubEmulator hub) throws IOException {
    return process(
        hub.developmentEnvironment(ECHO),
        List.of("-cp", System.getProperty("java.class.path", ""), EchoModule.class.getName()));
  }

  private static ChildProcess process(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JVM);
    command.addAll(arguments);
    return ChildProcess.start(command);
  }

  /** Leaves the module alone for a while. */
  private void pause(ChildProcess module) throws IOException, InterruptedException {
    if (module.endsWithin(Duration.ofSeconds(seconds))) {
      throw new IOException("the module has ended");
    }
  }

  private void print(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
