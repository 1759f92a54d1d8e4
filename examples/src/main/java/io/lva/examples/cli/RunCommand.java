package io.lva.examples.cli;

import io.lva.event.EventJson;
import io.lva.iot.Answer;
import io.lva.iot.DirectMethods;
import io.lva.iot.OperationsPlayer;
import io.lva.iot.SecretMask;
import io.lva.iot.TopologyLoader;
import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays an operations file of the tutorial against an engine in this process. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Plays an operations file; prints each request, status and response.")
final class RunCommand implements Callable<Integer> {
  private static final int REFUSED = 1;

  @Option(
      names = "--operations",
      paramLabel = "FILE",
      required = true,
      description = "Operations in the form of the tutorial's program.")
  private Path operations = Path.of("");

  @Option(
      names = "--topologies",
      paramLabel = "DIR",
      description =
          "Copy of the folder of published topologies; without it those of the tutorial are on"
              + " board, and others come over the network.")
  private @Nullable Path topologies;

  @Option(
      names = "--set",
      paramLabel = "name=value",
      description =
          "Value of a parameter in place of the file's, such as rtspUrl=rtsp://camera/stream.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--pause",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long to wait where the file waits for Enter (default: ${DEFAULT-VALUE}).")
  private int pauseSeconds;

  @Mixin private StoreOption store = new StoreOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    String text;
    try {
      text = Files.readString(operations);
    } catch (IOException e) {
      throw new CommandFailure("cannot read the operations " + operations, e);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal signal = StopSignal.install();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(store.uri())
                .onEvent(event -> print(out, "event    " + EventJson.standard().envelope(event)))
                .start();
        GraphEngine engine = GraphEngine.open(runtime)) {
      OperationsPlayer player =
          new OperationsPlayer(new DirectMethods(engine)::invoke, loader()).withValues(values);
      Printer printer = new Printer(out, signal, new SecretMask(engine));
      return player.play(text, printer) == 0 ? 0 : REFUSED;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(operations + ": " + e.getMessage(), e);
    }
  }

  private TopologyLoader loader() {
    TopologyLoader beside = TopologyLoader.inDirectory(operations.resolveSibling(""));
    TopologyLoader published =
        topologies == null ? RunCommand::withoutCopy : TopologyLoader.inDirectory(topologies);
    return address -> isBeside(address) ? beside.load(address) : published.load(address);
  }

  private static String withoutCopy(String address) throws IOException {
    PublishedTopologies onBoard = new PublishedTopologies();
    if (onBoard.has(address)) {
      return onBoard.load(address);
    }
    try {
      return TopologyLoader.overHttp().load(address);
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "; without a network give --topologies DIR with a copy", e);
    }
  }

  /**
   * Returns whether an address is that of a {@code topologyFile} beside the operations, where the
   * tutorial's program expects it.
   */
  private boolean isBeside(String address) {
    boolean file = !address.startsWith("http");
    return file && (topologies == null || Files.isRegularFile(operations.resolveSibling(address)));
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /** Prints what is played. */
  private final class Printer implements OperationsPlayer.Listener {
    private final PrintWriter out;
    private final StopSignal signal;
    private final SecretMask mask;

    Printer(PrintWriter out, StopSignal signal, SecretMask mask) {
      this.out = out;
      this.signal = signal;
      this.mask = mask;
    }

    @Override
    public void request(String methodName, String payload) {
      print(out, "request  " + methodName + " " + mask.mask(payload));
    }

    @Override
    public void answer(String methodName, Answer answer) {
      print(out, "status   " + answer.status());
      print(out, "response " + mask.mask(answer.payload()));
    }

    @Override
    public void waiting(String message) {
      print(out, "waiting  " + message);
      try {
        signal.await(Duration.ofSeconds(pauseSeconds));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void skipped(String operation, String reason) {
      print(out, "skipped  " + operation + ": " + reason);
    }
  }
}
