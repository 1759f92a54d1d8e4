package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.NodeTypes;
import io.lva.graph.Problem;
import io.lva.graph.SystemData;
import io.lva.graph.TopologyException;
import io.lva.graph.TopologyRules;
import io.lva.runtime.EngineException.Reason;
import io.lva.runtime.EngineStore.KeptInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Topologies and instances by name, as the direct methods of Live Video Analytics handle them.
 *
 * <p>With an application data directory they outlive the process: every change is on the disk when
 * the call returns, and instances that were active are activated again when the engine opens.
 *
 * <p>Thread-safe. {@link #activate} and {@link #deactivate} throw an {@link IllegalStateException}
 * on a thread of the runtime, such as a media loop, where {@link #close} must not be called either.
 * The methods that change something also throw an {@code IllegalStateException} when the engine is
 * closed.
 */
public final class GraphEngine implements AutoCloseable {
  private final MediaRuntime runtime;
  private final EngineLimits limits;
  private final EngineStore store;
  private final Resumption resumption;
  private final Object lock = new Object();
  private final TreeMap<String, TopologyResource> topologies = new TreeMap<>();
  private final KeptGraphs instances;

  @GuardedBy("lock")
  private boolean closed;

  private GraphEngine(MediaRuntime runtime, EngineLimits limits, EngineStore store) {
    this.runtime = runtime;
    this.limits = limits;
    this.store = store;
    instances = new KeptGraphs(runtime, store, lock);
    resumption = new Resumption(this::resume);
  }

  /**
   * Opens the engine of a runtime with the standard limits.
   *
   * @param runtime runs the instances, and names the application data directory
   * @return the engine, which activates the instances that were active
   * @throws EngineException when the directory cannot be used
   */
  public static GraphEngine open(MediaRuntime runtime) {
    return open(runtime, EngineLimits.STANDARD);
  }

  /**
   * Opens the engine of a runtime.
   *
   * @param runtime runs the instances, and names the application data directory
   * @param limits how much the engine keeps
   * @return the engine, which activates the instances that were active
   * @throws EngineException when the directory cannot be used
   */
  public static GraphEngine open(MediaRuntime runtime, EngineLimits limits) {
    EngineStore store =
        runtime
            .applicationDataDirectory()
            .<EngineStore>map(
                directory -> EngineFiles.open(directory, runtime.nodeTypes(), StateFiles::new))
            .orElseGet(EngineStore::none);
    return open(runtime, limits, store);
  }

  static GraphEngine open(MediaRuntime runtime, EngineLimits limits, EngineStore store) {
    GraphEngine engine = new GraphEngine(runtime, limits, store);
    try {
      engine.load();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /**
   * Returns which node types topologies in JSON may contain.
   *
   * @return the node types of the runtime
   */
  public NodeTypes nodeTypes() {
    return runtime.nodeTypes();
  }

  /**
   * Creates or replaces a topology.
   *
   * <p>Instances that refer to the topology must be inactive, and their values must fit the new
   * one.
   *
   * @param topology what to keep
   * @return the resource as it is kept
   * @throws EngineException when instances need it as it is, the limit is reached, or the state
   *     cannot be written
   * @throws TopologyException when the topology breaks a rule
   * @throws IllegalStateException when the engine is closed
   */
  public SetResult<TopologyResource> setTopology(GraphTopology topology) {
    synchronized (lock) {
      checkOpen();
      List<Problem> problems = TopologyRules.problems(topology);
      if (!problems.isEmpty()) {
        throw new TopologyException(problems);
      }
      TopologyResource known = topologies.get(topology.name());
      if (known == null && topologies.size() >= limits.topologies()) {
        throw new EngineException(
            Reason.LIMIT_REACHED,
            "There are " + limits.topologies() + " graph topologies, which is the limit.");
      }
      List<KeptGraph> users = instances.users(topology.name());
      KeptGraph.checkCanRun(users, topology);
      Instant now = now();
      SystemData systemData =
          known == null ? SystemData.created(now) : known.systemData().modified(now);
      TopologyResource resource = new TopologyResource(topology, systemData);
      store.put(resource);
      topologies.put(topology.name(), resource);
      KeptGraph.run(users, topology);
      return new SetResult<>(resource, known == null);
    }
  }

  /**
   * Finds a topology.
   *
   * @param name of the topology
   * @return the resource, or empty when there is none
   */
  public Optional<TopologyResource> topology(String name) {
    synchronized (lock) {
      return Optional.ofNullable(topologies.get(name));
    }
  }

  /**
   * Returns all topologies.
   *
   * @return the resources by name, ascending
   */
  public List<TopologyResource> topologies() {
    synchronized (lock) {
      return List.copyOf(topologies.values());
    }
  }

  /**
   * Deletes a topology.
   *
   * @param name of the topology
   * @return false when there was none
   * @throws EngineException when an instance refers to it, active or not, or the state cannot be
   *     written
   * @throws IllegalStateException when the engine is closed
   */
  public boolean deleteTopology(String name) {
    synchronized (lock) {
      checkOpen();
      if (!topologies.containsKey(name)) {
        return false;
      }
      List<KeptGraph> users = instances.users(name);
      if (!users.isEmpty()) {
        throw KeptGraph.inUse(users, "");
      }
      store.deleteTopology(name);
      topologies.remove(name);
      runtime.forgetTopology(name);
      return true;
    }
  }

  /**
   * Creates or replaces an instance. A new one is inactive; an existing one must be inactive to be
   * replaced.
   *
   * @param definition what to keep; its topology must exist
   * @return the resource as it is kept
   * @throws EngineException when the topology does not exist, the limit is reached, or the state
   *     cannot be written
   * @throws InstanceStateException when the instance is not inactive
   * @throws TopologyException when the name is wrong or the values do not fit the topology
   * @throws IllegalStateException when the engine or its runtime is closed, or the runtime has an
   *     instance of that name that the engine does not manage
   */
  public SetResult<InstanceResource> setInstance(InstanceDefinition definition) {
    synchronized (lock) {
      checkOpen();
      InstancePlan plan = plan(definition);
      Optional<KeptGraph> known = instances.find(definition.name());
      if (known.isPresent()) {
        instances.replace(known.get(), plan, definition, now());
        return new SetResult<>(known.get().resource(), false);
      }
      if (instances.size() >= limits.instances()) {
        throw new EngineException(
            Reason.LIMIT_REACHED,
            "There are " + limits.instances() + " graph instances, which is the limit.");
      }
      return new SetResult<>(instances.create(plan, definition, now()).resource(), true);
    }
  }

  /**
   * Finds an instance.
   *
   * @param name of the instance
   * @return the resource, or empty when there is none
   */
  public Optional<InstanceResource> instance(String name) {
    return instances.find(name).map(KeptGraph::resource);
  }

  /**
   * Returns all instances.
   *
   * @return the resources by name, ascending
   */
  public List<InstanceResource> instances() {
    return instances.all().stream().map(KeptGraph::resource).toList();
  }

  /**
   * Deletes an instance, which must be inactive.
   *
   * @param name of the instance
   * @return false when there was none
   * @throws InstanceStateException when it is not inactive
   * @throws EngineException when the state cannot be written
   * @throws IllegalStateException when the engine is closed
   */
  public boolean deleteInstance(String name) {
    synchronized (lock) {
      checkOpen();
      Optional<KeptGraph> known = instances.find(name);
      known.ifPresent(instances::delete);
      return known.isPresent();
    }
  }

  /**
   * Activates an instance and waits until it is active; joins a running activation.
   *
   * @param name of the instance
   * @throws EngineException when there is no such instance, or the state cannot be written
   * @throws InstanceStateException when the instance is deactivating
   * @throws ActivationException when a node cannot start, the activation deadline of the runtime
   *     passes, or too many calls of earlier activations have not returned
   * @throws IllegalStateException when the engine or its runtime is closed, or when called on a
   *     thread of the runtime
   */
  public void activate(String name) {
    runtime.checkMayWait();
    AsyncFailures.join(beginActivation(name));
  }

  /**
   * Activates an instance; joins a running activation.
   *
   * @param name of the instance
   * @return a stage that completes when the instance is active, or exceptionally as {@link
   *     #activate} throws
   */
  public CompletionStage<Void> activateAsync(String name) {
    return AsyncFailures.capture(() -> beginActivation(name));
  }

  /**
   * Deactivates an instance and waits until its sinks have written what they hold; joins a running
   * deactivation.
   *
   * @param name of the instance
   * @param deadline how long that may take; when it has passed, the instance is inactive in any
   *     case
   * @throws EngineException when there is no such instance, or the state cannot be written
   * @throws InstanceStateException when the instance is activating
   * @throws IllegalStateException when the engine is closed, or when called on a thread of the
   *     runtime
   */
  public void deactivate(String name, Duration deadline) {
    runtime.checkMayWait();
    AsyncFailures.join(beginDeactivation(name, deadline));
  }

  /**
   * Deactivates an instance; joins a running deactivation.
   *
   * @param name of the instance
   * @param deadline how long that may take; when it has passed, the instance is inactive in any
   *     case
   * @return a stage that completes when the instance is inactive, or exceptionally as {@link
   *     #deactivate} throws
   */
  public CompletionStage<Void> deactivateAsync(String name, Duration deadline) {
    return AsyncFailures.capture(() -> beginDeactivation(name, deadline));
  }

  /**
   * Ends all instances within the close deadline of the runtime. Those that are active now are
   * activated again when an engine opens with the same directory.
   */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    resumption.close();
    instances.close();
    store.close();
  }

  private CompletableFuture<Void> beginActivation(String name) {
    synchronized (lock) {
      checkOpen();
      KeptGraph graph = known(name);
      return instances.activate(graph, plan(graph.definition()));
    }
  }

  private CompletableFuture<Void> beginDeactivation(String name, Duration deadline) {
    synchronized (lock) {
      checkOpen();
      return instances.deactivate(known(name), deadline);
    }
  }

  private void load() {
    synchronized (lock) {
      store.loadTopologies().forEach(kept -> topologies.put(kept.topology().name(), kept));
      for (KeptInstance kept : store.loadInstances()) {
        TopologyResource topology = topologies.get(kept.definition().topologyName());
        instances.restore(kept, Optional.ofNullable(topology).map(TopologyResource::topology));
      }
    }
    resumption.begin();
  }

  /** Activates what was active before the process ended and is not active again yet. */
  void resume() {
    synchronized (lock) {
      instances.resume(graph -> plan(graph.definition()));
    }
  }

  private InstancePlan plan(InstanceDefinition definition) {
    TopologyResource topology = topologies.get(definition.topologyName());
    if (topology == null) {
      throw new EngineException(
          Reason.TOPOLOGY_NOT_FOUND,
          "Graph topology '" + definition.topologyName() + "' is not found.");
    }
    return InstancePlan.of(definition, topology.topology());
  }

  private KeptGraph known(String name) {
    return instances
        .find(name)
        .orElseThrow(
            () ->
                new EngineException(
                    Reason.NOT_FOUND, "Graph instance '" + name + "' is not found."));
  }

  private Instant now() {
    return Clocks.utc(runtime.clock()).truncatedTo(ChronoUnit.MILLIS);
  }

  @GuardedBy("lock")
  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }
}
