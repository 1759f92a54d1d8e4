package io.lva.examples.cli;

import static java.util.stream.Collectors.joining;

import io.lva.asset.store.FailureReason;
import io.lva.playback.PlaybackOptions;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a recorder as a service: does what its file says, in one process, until it is stopped. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Records the cameras of a file, serves the page, /metrics and /health, and follows changes"
            + " of the file; prints each event.",
    footer =
        "Exit codes: 0 stopped, 2 the file is wrong, or none of its cameras can ever be recorded.")
final class UpCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int TURNS_BETWEEN_ATTEMPTS = 30;

  @Parameters(paramLabel = "CONFIG", description = "JSON with store, page and cameras.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print events as JSON to a terminal, too.")
  private boolean json;

  @Mixin private TuningOptions tuning = new TuningOptions();
  @Mixin private PlaybackMemoryOption memory = new PlaybackMemoryOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    byte[] content = read();
    UpConfig config = parse(content);
    checkAny(config.cameras(), config.refusals());
    StoreOption store = StoreOption.at(config.store());
    Monitor monitor = new Monitor(store.uri());
    try (StopSignal signal = StopSignal.install();
        ProgressLine line = ProgressLine.onTerminal();
        MediaRuntime runtime =
            tuning
                .applyTo(MediaRuntime.builder())
                .assetStore(store.uri())
                .option(PlaybackOptions.class, memory.options())
                .metrics(monitor.metrics())
                .onEvent(EventPrinter.to(spec.commandLine().getOut(), line, json))
                .start();
        CameraFleet fleet =
            new CameraFleet(
                runtime,
                (name, why) -> err("camera '" + name + "': " + why + "; it is tried again"))) {
      config.refusals().forEach(this::report);
      fleet.apply(config.cameras(), /* keepOthers= */ false);
      try (PageServer server =
          PageOptions.at(config.address(), config.port()).serve(runtime, monitor)) {
        err(
            "page "
                + String.join(" ", server.urls())
                + ", "
                + HumanText.count(fleet.size(), "camera"));
        follow(content, config, fleet, signal);
      }
    }
    return 0;
  }

  /**
   * Applies each change of the file, and retries the cameras that could not start. When the file is
   * wrong, that is reported once, and everything is recorded as before. While an entry is wrong, no
   * camera stops for want of an entry: the wrong one may be its own.
   */
  private void follow(byte[] first, UpConfig started, CameraFleet fleet, StopSignal signal)
      throws InterruptedException {
    byte[] known = first;
    UpConfig current = started;
    String trouble = "";
    for (int turn = 1; !signal.await(POLL); turn++) {
      try {
        byte[] content = read();
        if (!Arrays.equals(content, known)) {
          known = content;
          current = parse(content);
          current.refusals().forEach(this::report);
          fleet.apply(current.cameras(), current.hasRefusals());
          err(
              "the file changed: "
                  + HumanText.count(fleet.size(), "camera")
                  + restartNeeded(started, current));
        } else if (turn % TURNS_BETWEEN_ATTEMPTS == 0) {
          fleet.apply(current.cameras(), current.hasRefusals());
        }
        trouble = "";
      } catch (CommandFailure e) {
        String reason = Lva.oneLine(String.valueOf(e.getMessage()));
        if (!reason.equals(trouble)) {
          err(reason + "; going on as before");
        }
        trouble = reason;
      }
    }
  }

  private static String restartNeeded(UpConfig started, UpConfig now) {
    boolean same =
        now.store().equals(started.store())
            && now.address().equals(started.address())
            && now.port() == started.port();
    return same ? "" : "; store and page change with the next start";
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + FailureReason.of(e), e);
    }
  }

  private UpConfig parse(byte[] content) {
    try {
      return UpConfig.parse(content, file.toAbsolutePath().resolveSibling(""));
    } catch (CommandFailure e) {
      throw new CommandFailure(file + ": " + e.getMessage(), e);
    }
  }

  /** Ends the command when no camera of the file can ever be recorded. */
  private void checkAny(List<UpConfig.Camera> cameras, List<UpConfig.Refusal> refusals) {
    if (cameras.isEmpty()) {
      String reasons = refusals.stream().map(UpConfig.Refusal::text).collect(joining("; "));
      throw new CommandFailure(
          file
              + ": "
              + (refusals.size() == 1
                  ? reasons
                  : "none of the " + refusals.size() + " cameras can be recorded; " + reasons));
    }
  }

  private void report(UpConfig.Refusal refusal) {
    err(file + ": " + refusal.text());
  }

  private void err(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("lva: " + text);
    err.flush();
  }
}
