package io.lva.examples.cli;

import io.lva.iot.edge.EdgeEnvironment;
import io.lva.iot.edge.EdgeModule;
import io.lva.iot.edge.EdgeOptions;
import io.lva.runtime.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs as a module of Azure IoT Edge. */
@Command(
    name = "edge",
    mixinStandardHelpOptions = true,
    description =
        "Runs as a module of Azure IoT Edge: the environment says who it is, the module twin how it"
            + " works, direct methods what it does.")
final class EdgeCommand implements Callable<Integer> {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "${LVA_STATE:-/var/lib/lva}",
      description =
          "Where the module keeps its twin, so that it records while the hub is away (default:"
              + " ${DEFAULT-VALUE}).")
  private Path state = Path.of("/var/lib/lva");

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "9600",
      description = "Port of /metrics and /health (default: ${DEFAULT-VALUE}); 0 for any.")
  private int metricsPort;

  @Override
  @SuppressWarnings("try") // the module is only closed
  public Integer call() throws InterruptedException {
    EdgeEnvironment who;
    try {
      who = EdgeEnvironment.read(System.getenv());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        .commonTags("iothub", who.hub(), "edge_device", who.device(), "module_name", who.module());
    ModuleLog log = ModuleLog.install(System.out);
    EdgeOptions options =
        EdgeOptions.standard(state).metrics(new MicrometerMetrics(registry)).log(log::change);
    try (StopSignal signal = StopSignal.install();
        MetricsEndpoint metrics = MetricsEndpoint.start(metricsPort, registry)) {
      System.getLogger(EdgeCommand.class.getName())
          .log(
              System.Logger.Level.INFO,
              "Module ''{0}'' of device ''{1}'' starts; metrics at port {2,number,#}",
              who.module(),
              who.device(),
              metrics.port());
      EdgeModule module = EdgeModule.start(options);
      try {
        signal.await();
      } finally {
        module.close();
      }
    }
    return 0;
  }
}
