package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.SystemData;
import io.lva.graph.TopologyException;
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
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Topologies and instances by name, as the direct methods of Live Video Analytics handle them.
 *
 * <p>With an application data directory they outlive the process: every change is on the disk when
 * the call returns, and instances that were active are activated again when the engine opens.
 *
 * <p>Thread-safe. The methods that wait must not be called on a media loop.
 */
public final class GraphEngine implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(GraphEngine.class.getName());

  private final MediaRuntime runtime;
  private final EngineLimits limits;
  private final EngineStore store;
  private final Resumption resumption;
  private final Object lock = new Object();
  private final TreeMap<String, TopologyResource> topologies = new TreeMap<>();
  private final ConcurrentSkipListMap<String, KeptGraph> instances = new ConcurrentSkipListMap<>();
  private boolean closed;

  private GraphEngine(MediaRuntime runtime, EngineLimits limits, EngineStore store) {
    this.runtime = runtime;
    this.limits = limits;
    this.store = store;
    resumption = new Resumption(this::resume);
  }

  /**
   * Opens the engine of a runtime with the standard limits.
   *
   * @param runtime runs the instances, and names the application data directory
   * @return an engine that activates what was active
   * @throws EngineException when the directory cannot be used
   */
  public static GraphEngine open(MediaRuntime runtime) {
    return open(runtime, EngineLimits.STANDARD);
  }

  /**
   * Opens the engine of a runtime.
   *
   * @param runtime runs the instances, and names the application data directory
   * @param limits how much it keeps
   * @return an engine that activates what was active
   * @throws EngineException when the directory cannot be used
   */
  public static GraphEngine open(MediaRuntime runtime, EngineLimits limits) {
    EngineStore store =
        runtime
            .applicationDataDirectory()
            .<EngineStore>map(directory -> EngineFiles.open(directory, StateFiles::new))
            .orElseGet(EngineStore::none);
    return open(runtime, limits, store);
  }

  static GraphEngine open(MediaRuntime runtime, EngineLimits limits, EngineStore store) {
    GraphEngine engine = new GraphEngine(runtime, limits, store);
    engine.load();
    return engine;
  }

  /**
   * Creates or replaces a topology.
   *
   * <p>While instances refer to it they must be inactive, and the new topology must fit the values
   * they have.
   *
   * @param topology what to keep
   * @return what is kept
   * @throws EngineException when instances need it as it is, or the limit is reached
   */
  public SetResult<TopologyResource> setTopology(GraphTopology topology) {
    synchronized (lock) {
      checkOpen();
      TopologyResource known = topologies.get(topology.name());
      if (known == null && topologies.size() >= limits.topologies()) {
        throw new EngineException(
            Reason.LIMIT_REACHED,
            "There are " + limits.topologies() + " graph topologies, which is the limit.");
      }
      List<KeptGraph> users = users(topology.name());
      KeptGraph.checkCanRun(users, topology);
      Instant now = now();
      SystemData systemData =
          known == null ? SystemData.created(now) : known.systemData().modified(now);
      TopologyResource resource = new TopologyResource(topology, systemData);
      store.put(resource);
      topologies.put(topology.name(), resource);
      return new SetResult<>(resource, known == null);
    }
  }

  /**
   * Finds a topology.
   *
   * @param name of the topology
   * @return it, unless there is none
   */
  public Optional<TopologyResource> topology(String name) {
    synchronized (lock) {
      return Optional.ofNullable(topologies.get(name));
    }
  }

  /**
   * Returns all topologies.
   *
   * @return by name, ascending
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
   * @throws EngineException when an instance refers to it, active or not
   */
  public boolean deleteTopology(String name) {
    synchronized (lock) {
      checkOpen();
      if (!topologies.containsKey(name)) {
        return false;
      }
      List<KeptGraph> users = users(name);
      if (!users.isEmpty()) {
        throw KeptGraph.inUse(users, "");
      }
      store.deleteTopology(name);
      topologies.remove(name);
      return true;
    }
  }

  /**
   * Creates or replaces an instance. A new one is inactive; to replace one it must be.
   *
   * @param definition what to keep; its topology must be there
   * @return what is kept
   * @throws EngineException when the topology is not there, or the limit is reached
   * @throws InstanceStateException when the instance is not inactive
   * @throws io.lva.graph.TopologyException when the values do not fit the topology
   * @throws IllegalArgumentException when the name is wrong
   */
  public SetResult<InstanceResource> setInstance(InstanceDefinition definition) {
    synchronized (lock) {
      checkOpen();
      InstancePlan plan = plan(definition);
      KeptGraph known = instances.get(definition.name());
      if (known != null) {
        known
            .instance()
            .whileInactive(
                "update",
                () -> {
                  replace(known, definition);
                  known.instance().update(plan);
                });
        return new SetResult<>(known.resource(), false);
      }
      if (instances.size() >= limits.instances()) {
        throw new EngineException(
            Reason.LIMIT_REACHED,
            "There are " + limits.instances() + " graph instances, which is the limit.");
      }
      Instant now = now();
      KeptInstance kept = new KeptInstance(definition, SystemData.created(now), false);
      GraphInstance instance = runtime.instance(plan);
      try {
        store.put(kept);
      } catch (EngineException e) {
        runtime.forget(instance);
        throw e;
      }
      KeptGraph graph = new KeptGraph(instance, kept, false);
      instances.put(definition.name(), graph);
      return new SetResult<>(graph.resource(), true);
    }
  }

  /**
   * Finds an instance.
   *
   * @param name of the instance
   * @return it, unless there is none
   */
  public Optional<InstanceResource> instance(String name) {
    return Optional.ofNullable(instances.get(name)).map(KeptGraph::resource);
  }

  /**
   * Returns all instances.
   *
   * @return by name, ascending
   */
  public List<InstanceResource> instances() {
    return instances.values().stream().map(KeptGraph::resource).toList();
  }

  /**
   * Deletes an instance, which must be inactive.
   *
   * @param name of the instance
   * @return false when there was none
   * @throws InstanceStateException when it is not inactive
   * @throws EngineException when the state cannot be written
   */
  public boolean deleteInstance(String name) {
    synchronized (lock) {
      checkOpen();
      KeptGraph known = instances.get(name);
      if (known == null) {
        return false;
      }
      known.instance().whileInactive("delete", () -> store.deleteInstance(name));
      instances.remove(name);
      runtime.forget(known.instance());
      return true;
    }
  }

  /**
   * Activates an instance and waits until it is active; joins a running activation.
   *
   * @param name of the instance
   * @throws EngineException when there is none, or the state cannot be written
   * @throws InstanceStateException when it is deactivating
   * @throws ActivationException when a node cannot begin
   */
  public void activate(String name) {
    runtime.checkMayWait();
    Failures.join(beginActivation(name));
  }

  /**
   * Activates an instance; joins a running activation.
   *
   * @param name of the instance
   * @return completes when it is active, or exceptionally as {@link #activate} throws
   */
  public CompletionStage<Void> activateAsync(String name) {
    return Failures.capture(() -> beginActivation(name));
  }

  /**
   * Deactivates an instance and waits until its sinks have written what they hold; joins a running
   * deactivation.
   *
   * @param name of the instance
   * @param deadline after which the instance is inactive anyway
   * @throws EngineException when there is none, or the state cannot be written
   * @throws InstanceStateException when it is activating
   */
  public void deactivate(String name, Duration deadline) {
    runtime.checkMayWait();
    Failures.join(beginDeactivation(name, deadline));
  }

  /**
   * Deactivates an instance; joins a running deactivation.
   *
   * @param name of the instance
   * @param deadline after which the instance is inactive anyway
   * @return completes when it is inactive, or exceptionally as {@link #deactivate} throws
   */
  public CompletionStage<Void> deactivateAsync(String name, Duration deadline) {
    return Failures.capture(() -> beginDeactivation(name, deadline));
  }

  /**
   * Ends all instances within the close deadline of the runtime. Those that are active now will be
   * active again when an engine opens with the same directory.
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
    runtime.end(instances.values().stream().map(KeptGraph::instance).toList());
    store.close();
  }

  private CompletableFuture<Void> beginActivation(String name) {
    synchronized (lock) {
      checkOpen();
      KeptGraph graph = known(name);
      if (graph.instance().state() != InstanceState.INACTIVE) {
        return graph.instance().begin();
      }
      boolean desiredBefore = graph.desiredActive();
      graph.resumed();
      graph.instance().update(plan(graph.definition()));
      keep(graph, graph.kept().desiring(true));
      return graph
          .instance()
          .begin()
          .whenComplete(
              (nothing, failure) -> {
                if (failure != null && !desiredBefore) {
                  activationFailed(graph);
                }
              });
    }
  }

  private void activationFailed(KeptGraph graph) {
    synchronized (lock) {
      boolean current = instances.get(graph.definition().name()) == graph && !closed;
      if (current && graph.instance().state() == InstanceState.INACTIVE) {
        keep(graph, graph.kept().desiring(false));
      }
    }
  }

  private CompletableFuture<Void> beginDeactivation(String name, Duration deadline) {
    synchronized (lock) {
      checkOpen();
      KeptGraph graph = known(name);
      InstanceState state = graph.instance().state();
      if (state != InstanceState.ACTIVATING && graph.desiredActive()) {
        graph.resumed();
        // Before the sinks are drained: who kills the process meanwhile still wants it inactive.
        keep(graph, graph.kept().desiring(false));
      }
      return graph.instance().stop(deadline);
    }
  }

  private void load() {
    synchronized (lock) {
      store.loadTopologies().forEach(kept -> topologies.put(kept.topology().name(), kept));
      store.loadInstances().forEach(this::restore);
    }
    resumption.begin();
  }

  private void restore(KeptInstance kept) {
    try {
      GraphInstance instance = runtime.instance(plan(kept.definition()));
      instances.put(instance.name(), new KeptGraph(instance, kept, kept.desiredActive()));
    } catch (EngineException | TopologyException | IllegalArgumentException e) {
      LOGGER.log(
          System.Logger.Level.ERROR,
          "The kept instance '" + kept.definition().name() + "' cannot be used: " + e.getMessage());
    }
  }

  /** Activates what was active before the process ended and is not yet. */
  private List<CompletableFuture<Void>> resume() {
    synchronized (lock) {
      return instances.values().stream()
          .filter(graph -> !closed && graph.toResume())
          .filter(graph -> graph.instance().state() == InstanceState.INACTIVE)
          .map(this::resume)
          .toList();
    }
  }

  private CompletableFuture<Void> resume(KeptGraph graph) {
    graph.instance().update(plan(graph.definition()));
    return graph.instance().begin().thenRun(graph::resumed);
  }

  private void replace(KeptGraph known, InstanceDefinition definition) {
    SystemData systemData = known.kept().systemData().modified(now());
    keep(known, new KeptInstance(definition, systemData, known.desiredActive()));
  }

  private void keep(KeptGraph graph, KeptInstance kept) {
    store.put(kept);
    graph.keep(kept);
  }

  private InstancePlan plan(InstanceDefinition definition) {
    TopologyResource topology = topologies.get(definition.topologyName());
    if (topology == null) {
      throw new EngineException(
          Reason.TOPOLOGY_NOT_FOUND,
          "Graph topology '" + definition.topologyName() + "' is not found.");
    }
    return InstancePlan.of(definition.name(), topology.topology(), definition.values());
  }

  private KeptGraph known(String name) {
    KeptGraph graph = instances.get(name);
    if (graph == null) {
      throw new EngineException(Reason.NOT_FOUND, "Graph instance '" + name + "' is not found.");
    }
    return graph;
  }

  private List<KeptGraph> users(String topology) {
    return instances.values().stream()
        .filter(graph -> graph.definition().topologyName().equals(topology))
        .toList();
  }

  private Instant now() {
    return Clocks.utc(runtime.clock()).truncatedTo(ChronoUnit.MILLIS);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }
}
