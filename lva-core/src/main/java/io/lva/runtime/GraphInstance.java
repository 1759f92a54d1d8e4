package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.media.MediaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A topology with the values of its parameters, which can be run.
 *
 * <p>Active does not mean that media flows: a source that cannot reach its camera keeps trying
 * forever. Each activation runs on one media loop.
 *
 * <p>Thread-safe. The methods that wait throw an {@link IllegalStateException} on a thread of the
 * runtime, such as a media loop.
 */
public final class GraphInstance implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(GraphInstance.class.getName());
  private static final Duration STUCK_PATIENCE = Duration.ofSeconds(5);

  private final MediaRuntime runtime;
  private final String name;
  private final Lifecycle lifecycle;
  private final OverdueCalls overdueCalls;
  private volatile InstancePlan plan;
  private @Nullable String countedTopology;

  GraphInstance(MediaRuntime runtime, InstancePlan plan) {
    this.runtime = runtime;
    this.plan = plan;
    name = plan.instanceName();
    lifecycle = new Lifecycle(name, runtime.lifecycleThreads(), this::entered);
    overdueCalls = new OverdueCalls(name);
  }

  /**
   * Returns the name.
   *
   * @return unique in its runtime
   */
  public String name() {
    return name;
  }

  /**
   * Returns what this instance runs.
   *
   * @return its topology
   */
  public GraphTopology topology() {
    return plan.topology();
  }

  /**
   * Returns what this instance was made from.
   *
   * @return its name, and the parameter values that were given
   */
  public InstanceDefinition definition() {
    return plan.definition();
  }

  /**
   * Returns the state of the instance.
   *
   * @return its present state
   */
  public InstanceState state() {
    return lifecycle.state();
  }

  /**
   * Activates the instance and waits until it is active; joins a running activation.
   *
   * @throws InstanceStateException when the instance is deactivating
   * @throws ActivationException when a node cannot start, or has not started by the activation
   *     deadline of the runtime, or when too many calls of earlier activations have not returned; a
   *     camera that is off does not cause this
   * @throws IllegalStateException when the runtime is closed, or when called on one of its threads
   */
  public void activate() {
    runtime.checkMayWait();
    AsyncFailures.join(begin());
  }

  /**
   * Activates the instance; joins a running activation.
   *
   * @return a stage that completes when the instance is active, or exceptionally as {@link
   *     #activate} throws
   */
  public CompletionStage<Void> activateAsync() {
    return begin().copy();
  }

  /**
   * Deactivates the instance and waits until its sinks have written what they hold; joins a running
   * deactivation.
   *
   * @param deadline how long that may take; when it has passed, the instance is inactive in any
   *     case, and what is left is written in the background
   * @throws InstanceStateException when the instance is activating
   * @throws IllegalStateException when called on a thread of the runtime
   */
  public void deactivate(Duration deadline) {
    runtime.checkMayWait();
    AsyncFailures.join(lifecycle.deactivate(deadline));
  }

  /**
   * Deactivates the instance; joins a running deactivation.
   *
   * @param deadline as for {@link #deactivate}
   * @return a stage that completes when the instance is inactive, or exceptionally as {@link
   *     #deactivate} throws
   */
  public CompletionStage<Void> deactivateAsync(Duration deadline) {
    return lifecycle.deactivate(deadline).copy();
  }

  /**
   * Opens the signal gates of the instance, as an event of its media would.
   *
   * @param time UTC on the time line of the media, from a few seconds ago to a minute ahead. A gate
   *     still holds the media from that time on, and as much earlier media as its {@code
   *     activationSignalOffset} covers. A time further ahead is replaced by that of the newest
   *     media
   * @throws InstanceStateException when the instance is not active
   */
  public void trigger(Instant time) {
    send(time, Map.of("eventTime", time.toString()));
  }

  /**
   * Opens the signal gates of the instance now: at the newest media, whatever the clock of the
   * camera says.
   *
   * @throws InstanceStateException when the instance is not active
   */
  public void trigger() {
    send(Clocks.utc(runtime.clock()), Map.of());
  }

  private void send(Instant time, Map<String, String> properties) {
    long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
    lifecycle.running("trigger").trigger(new MediaEvent.Message(nanos, "", "", properties));
  }

  /**
   * Deactivates the instance within the runtime's close deadline, and frees its name.
   *
   * @throws IllegalStateException when called on a thread of the runtime
   */
  @Override
  public void close() {
    runtime.checkMayWait();
    end(runtime.closeDeadline()).join();
    runtime.forget(this);
  }

  /**
   * Completes when the instance is inactive, whatever it was doing, or soon after the deadline:
   * making a node may hang forever, for example on a network disk that does not answer.
   */
  CompletableFuture<Void> end(Duration deadline) {
    long patienceMillis = ActiveGraph.bounded(deadline).plus(STUCK_PATIENCE).toMillis();
    return settleAndStop(deadline)
        .orTimeout(patienceMillis, TimeUnit.MILLISECONDS)
        .exceptionally(
            late -> {
              LOGGER.log(
                  System.Logger.Level.WARNING,
                  "Graph instance ''{0}'' is still {1} after its deadline; no one waits for it any"
                      + " longer",
                  name,
                  state().text());
              return null;
            });
  }

  private CompletableFuture<Void> settleAndStop(Duration deadline) {
    return lifecycle
        .settled()
        .thenCompose(settled -> lifecycle.deactivate(deadline))
        .exceptionallyCompose(
            refused -> state() == InstanceState.ACTIVATING ? settleAndStop(deadline) : done());
  }

  /** Replaces what an inactive instance runs. */
  void update(InstancePlan replacement) {
    lifecycle.whileInactive("update", () -> plan = replacement);
  }

  /** Runs an action while the instance is inactive and stays so. */
  void whileInactive(String operation, Runnable action) {
    lifecycle.whileInactive(operation, action);
  }

  InstanceStateException cannotActivate() {
    return lifecycle.cannotActivate();
  }

  InstanceStateException cannotDeactivate() {
    return lifecycle.cannotDeactivate();
  }

  CompletableFuture<Void> stop(Duration deadline) {
    return lifecycle.deactivate(deadline);
  }

  CompletableFuture<Void> begin() {
    return lifecycle.activate(() -> runtime.start(plan, overdueCalls));
  }

  /** Counts and reports a new state. Called under the lock of the lifecycle. */
  private void entered(InstanceState state) {
    if (state == InstanceState.ACTIVE) {
      countedTopology = plan.topologyName();
      runtime.activeInstances().add(countedTopology, 1);
    } else if (state == InstanceState.INACTIVE && countedTopology != null) {
      runtime.activeInstances().add(countedTopology, -1);
      countedTopology = null;
    }
    runtime.stateChanged(name, state);
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
