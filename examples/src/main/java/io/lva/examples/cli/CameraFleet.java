package io.lva.examples.cli;

import io.lva.graph.GraphTopology;
import io.lva.graph.SourceClock;
import io.lva.graph.TopologyException;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The cameras that are being recorded, kept in line with those that should be. A camera that cannot
 * be recorded is reported and does not stop the others; a camera whose entry did not change goes on
 * without a gap.
 *
 * <p>Confined to one thread.
 */
final class CameraFleet implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final MediaRuntime runtime;
  private final BiConsumer<String, String> fault;
  private final Map<UpConfig.Camera, GraphInstance> running = new LinkedHashMap<>();
  private final Map<UpConfig.Camera, String> reported = new HashMap<>();

  /**
   * Creates an empty fleet.
   *
   * @param runtime runs the instances
   * @param fault told the name of a camera that cannot be recorded, and why
   */
  CameraFleet(MediaRuntime runtime, BiConsumer<String, String> fault) {
    this.runtime = runtime;
    this.fault = fault;
  }

  /**
   * Stops what is no longer wanted, then starts what is new, was changed, or could not start
   * before. A reason is reported once, not at each attempt.
   *
   * @param wanted the cameras to record
   * @param keepOthers whether cameras of other names that are being recorded go on as they are
   */
  void apply(List<UpConfig.Camera> wanted, boolean keepOthers) {
    Set<String> names = wanted.stream().map(UpConfig.Camera::name).collect(Collectors.toSet());
    reported.keySet().retainAll(wanted);
    for (UpConfig.Camera camera : List.copyOf(running.keySet())) {
      boolean kept = keepOthers && !names.contains(camera.name());
      if (!wanted.contains(camera) && !kept) {
        stop(camera);
      }
    }
    for (UpConfig.Camera camera : wanted) {
      if (!running.containsKey(camera)) {
        start(camera);
      }
    }
  }

  /** Returns how many cameras are being recorded, or retried while they cannot be reached. */
  int size() {
    return running.size();
  }

  private void start(UpConfig.Camera camera) {
    Optional<GraphInstance> made = Optional.empty();
    try {
      made = Optional.of(runtime.instance(camera.name(), topology(camera), values -> {}));
      made.get().activate();
      running.put(camera, made.get());
      reported.remove(camera);
    } catch (TopologyException
        | ActivationException
        | IllegalArgumentException
        | IllegalStateException
        | CommandFailure e) {
      made.ifPresent(GraphInstance::close);
      String reason =
          e instanceof TopologyException wrong
              ? CameraRules.words(wrong)
              : Lva.oneLine(String.valueOf(e.getMessage()));
      if (!reason.equals(reported.put(camera, reason))) {
        fault.accept(camera.name(), reason);
      }
    }
  }

  private static GraphTopology topology(UpConfig.Camera camera) {
    Optional<UsernamePasswordCredentials> login =
        camera
            .user()
            .flatMap(
                user ->
                    camera
                        .passwordFile()
                        .map(LoginOptions::passwordIn)
                        .map(password -> UsernamePasswordCredentials.of(user, password)));
    CameraLink link = new CameraLink(camera.url(), login, camera.transport(), camera.trust());
    return RecordingTrigger.ALWAYS.topology(
        link.source(SourceClock.LIVE), camera.asset(), camera.audio());
  }

  private void stop(UpConfig.Camera camera) {
    GraphInstance instance = running.remove(camera);
    if (instance != null) {
      instance.deactivate(DRAIN);
      instance.close();
    }
  }

  @Override
  public void close() {
    List.copyOf(running.values()).stream()
        .map(instance -> instance.deactivateAsync(DRAIN).toCompletableFuture())
        .toList()
        .forEach(java.util.concurrent.CompletableFuture::join);
    running.clear();
  }
}
