package io.lva.examples.cli;

import io.lva.rtspsim.CameraSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the camera simulator until it is stopped. */
@Command(
    name = "camera",
    mixinStandardHelpOptions = true,
    description = "Serves a pattern with a running clock at /pattern, and files at /media/NAME.")
final class CameraCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "8554",
      description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--address",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String address = "127.0.0.1";

  @Option(
      names = "--media",
      paramLabel = "DIR",
      description = "Loop each MP4 and Annex B H.264 file of this folder at /media/NAME.")
  private @Nullable Path media;

  @Mixin private LoginOptions login = new LoginOptions();

  @Option(
      names = "--scale",
      paramLabel = "1|2|3",
      defaultValue = "1",
      description = "Size of the pattern: 640x360, 1280x720 or 1920x1080.")
  private int scale;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR|max",
      defaultValue = "1",
      description = "Faster than real time, or as fast as clients take it.")
  private String speed = "1";

  @Option(names = "--burst", description = "Begin with what came since the last sync picture.")
  private boolean burst;

  @Option(
      names = "--loss",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Lose this share of the packets, 0 to 1.")
  private double loss;

  @Option(
      names = "--duplicates",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Send this share of the packets twice, 0 to 1.")
  private double duplicates;

  @Option(
      names = "--drift",
      paramLabel = "PPM",
      defaultValue = "0",
      description = "Let the camera's clock run faster by this many parts per million.")
  private int drift;

  @Option(
      names = "--outage",
      paramLabel = "AFTER,FOR[,AFTER,FOR...]",
      hideParamSyntax = true,
      split = ",",
      description =
          "Go away AFTER so many seconds, FOR so many seconds; each further pair counts from the"
              + " return before. May be repeated.")
  private List<Integer> outages = List.of();

  @Option(names = "--no-reports", description = "Send no RTCP sender reports.")
  private boolean withoutReports;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "What everything random depends on (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    checkOutages();
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal signal = StopSignal.install();
        CameraSimulator camera = start()) {
      camera
          .rejected()
          .forEach((path, reason) -> spec.commandLine().getErr().println(path + ": " + reason));
      camera.paths().forEach(path -> out.println(camera.uri(path)));
      out.flush();
      waitThroughOutages(camera, signal);
    }
    return 0;
  }

  private CameraSimulator start() {
    if (media != null && !Files.isDirectory(media)) {
      throw new CommandFailure("--media " + media + " is not a folder");
    }
    try {
      CameraSimulator.Builder builder = builder();
      builder.faults().packetLoss(loss).duplicates(duplicates).clockDrift(drift);
      builder.faults().senderReports(!withoutReports);
      return builder.start();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("an option is out of its range: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot listen on " + address + " port " + port + ": " + e.getMessage(), e);
    }
  }

  private CameraSimulator.Builder builder() {
    CameraSimulator.Builder builder =
        CameraSimulator.builder()
            .address(localAddress())
            .port(port)
            .patternScale(scale)
            .burst(burst)
            .seed(seed);
    if (media != null) {
      builder.media(media);
    }
    if (speed.equals("max")) {
      builder.asFastAsPossible();
    } else {
      builder.speed(factor());
    }
    login.login().ifPresent(each -> builder.credentials(each.user(), each.password()));
    return builder;
  }

  private double factor() {
    try {
      return Double.parseDouble(speed);
    } catch (NumberFormatException e) {
      throw new CommandFailure("--speed is a number or max, and is '" + speed + "'");
    }
  }

  private InetAddress localAddress() {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new CommandFailure("--address " + address + " is not an address of this machine", e);
    }
  }

  private void checkOutages() {
    if (outages.size() % 2 != 0 || outages.stream().anyMatch(seconds -> seconds < 0)) {
      throw new CommandFailure("--outage takes pairs of seconds, such as 20,30 or 20,30,60,5");
    }
  }

  private void waitThroughOutages(CameraSimulator camera, StopSignal signal)
      throws InterruptedException {
    for (int i = 0; i < outages.size(); i += 2) {
      if (signal.await(Duration.ofSeconds(outages.get(i)))) {
        return;
      }
      Duration length = Duration.ofSeconds(outages.get(i + 1));
      camera.outage(length);
      if (signal.await(length)) {
        return;
      }
    }
    signal.await();
  }
}
