package io.lva.iot.edge;

import io.lva.runtime.MediaRuntimeBuilder;
import io.lva.spi.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What an integrator chooses for a module, in addition to what its twin desires.
 *
 * <p>Immutable.
 */
public final class EdgeOptions {
  private final Path stateDirectory;
  private final Metrics metrics;
  private final Duration methodPatience;
  private final Duration longestPause;
  private final Consumer<LogSettings> log;
  private final UnaryOperator<MediaRuntimeBuilder> runtime;

  private EdgeOptions(
      Path stateDirectory,
      Metrics metrics,
      Duration methodPatience,
      Duration longestPause,
      Consumer<LogSettings> log,
      UnaryOperator<MediaRuntimeBuilder> runtime) {
    this.stateDirectory = stateDirectory;
    this.metrics = metrics;
    this.methodPatience = methodPatience;
    this.longestPause = longestPause;
    this.log = log;
    this.runtime = runtime;
  }

  /**
   * Returns the standard options.
   *
   * @param stateDirectory where the module keeps its twin, so that it records while the hub is
   *     unreachable
   * @return options with no metrics, methods that are answered within 25 s, and pauses of up to 30
   *     s between attempts to connect
   */
  public static EdgeOptions standard(Path stateDirectory) {
    return new EdgeOptions(
        stateDirectory,
        Metrics.none(),
        Duration.ofSeconds(25),
        Duration.ofSeconds(30),
        settings -> {},
        UnaryOperator.identity());
  }

  /**
   * Returns a copy with other metrics.
   *
   * @param target receives the metrics of the runtime, its nodes and the module
   * @return a copy
   */
  public EdgeOptions metrics(Metrics target) {
    return new EdgeOptions(stateDirectory, target, methodPatience, longestPause, log, runtime);
  }

  /**
   * Returns a copy with another limit on how long callers of methods wait.
   *
   * @param patience the time after which the caller of a method is told that the operation goes on
   * @return a copy
   */
  public EdgeOptions methodPatience(Duration patience) {
    return new EdgeOptions(stateDirectory, metrics, patience, longestPause, log, runtime);
  }

  /**
   * Returns a copy with another limit on the pause between attempts to connect.
   *
   * @param pause the longest pause
   * @return a copy
   */
  public EdgeOptions longestPause(Duration pause) {
    return new EdgeOptions(stateDirectory, metrics, methodPatience, pause, log, runtime);
  }

  /**
   * Returns a copy with a logger that the twin controls.
   *
   * @param target called with what to log whenever valid settings are read: from the stored twin,
   *     from the hub, and from each change; called on the thread that talks to the hub
   * @return a copy
   */
  public EdgeOptions log(Consumer<LogSettings> target) {
    return new EdgeOptions(stateDirectory, metrics, methodPatience, longestPause, target, runtime);
  }

  /**
   * Returns a copy with a change to the runtime, such as further node types.
   *
   * @param change applied to the builder of the runtime before the settings of the twin
   * @return a copy
   */
  public EdgeOptions runtime(UnaryOperator<MediaRuntimeBuilder> change) {
    return new EdgeOptions(stateDirectory, metrics, methodPatience, longestPause, log, change);
  }

  Path stateDirectory() {
    return stateDirectory;
  }

  Metrics metrics() {
    return metrics;
  }

  Duration methodPatience() {
    return methodPatience;
  }

  Duration longestPause() {
    return longestPause;
  }

  Consumer<LogSettings> log() {
    return log;
  }

  UnaryOperator<MediaRuntimeBuilder> runtime() {
    return runtime;
  }
}
