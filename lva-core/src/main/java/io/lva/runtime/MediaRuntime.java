package io.lva.runtime;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.NodeTypes;
import io.lva.media.MediaBudget;
import io.lva.media.SlabPool;
import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import io.lva.spi.MediaLoopGroup;
import io.lva.spi.MessageInputs;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.SharedResources;
import io.lva.spi.WorkerPool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs graph instances in this process, and owns what they share: media loops, the memory of
 * samples, event delivery, and resources of their nodes.
 *
 * <p>Thread-safe. Closing it ends all instances.
 */
public final class MediaRuntime implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(MediaRuntime.class.getName());

  private final MediaRuntimeBuilder settings;
  private final MediaLoopGroup loops;
  private final NodeProviders providers;
  private final NodeTypes nodeTypes;
  private final SlabPool slabs;
  private final MediaBudget mediaBudget;
  private final Workers workers;
  private final SharedRegistry shared = new SharedRegistry();
  private final LifecycleThreads lifecycleThreads = new LifecycleThreads();
  private final ActiveInstances activeInstances;
  private final List<EventDispatcher> dispatchers = new ArrayList<>();
  private final Map<String, GraphInstance> instances = new ConcurrentHashMap<>();
  private final Metrics.Registration mediaMemory;
  private final Set<MediaLoop> usedLoops = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  MediaRuntime(MediaRuntimeBuilder settings) {
    this.settings = settings;
    providers = NodeProviders.find(settings.nodes);
    nodeTypes = providers.types();
    slabs = SlabPool.ofBytes(settings.mediaMemoryBytes);
    mediaBudget = new MediaBudget(slabs);
    workers = new Workers(settings.workers, settings.metrics);
    loops = settings.loopProvider().start(settings.loops); // last, because it starts threads
    activeInstances = new ActiveInstances(settings.metrics);
    for (EventListener listener : settings.listeners) {
      dispatchers.add(
          new EventDispatcher(listener, settings.eventQueueCapacity, settings.metrics).started());
    }
    mediaMemory = settings.metrics.gauge(MetricNames.MEDIA_MEMORY_BYTES, slabs::usedBytes);
  }

  /**
   * Begins to build a runtime.
   *
   * @return a builder in which everything has a default
   */
  public static MediaRuntimeBuilder builder() {
    return new MediaRuntimeBuilder();
  }

  /**
   * Creates an inactive instance.
   *
   * @param name unique in this runtime; letters, digits and inner dashes, at most 32
   * @param topology the topology it runs
   * @param values sets the parameters
   * @return the instance; close it to free its name
   * @throws io.lva.graph.TopologyException when the name, the topology or a parameter is wrong
   * @throws IllegalStateException when the name is taken or the runtime is closed
   */
  public GraphInstance instance(
      String name, GraphTopology topology, Consumer<InstanceValues> values) {
    InstanceValues given = new InstanceValues();
    values.accept(given);
    return instance(
        new InstanceDefinition(name, topology.name(), Optional.empty(), given.texts()), topology);
  }

  /**
   * Creates an inactive instance.
   *
   * @param definition its name, unique in this runtime, and the values of its parameters
   * @param topology the topology it runs
   * @return the instance; close it to free its name
   * @throws io.lva.graph.TopologyException when the name, the topology or a parameter is wrong
   * @throws IllegalStateException when the name is taken or the runtime is closed
   */
  public GraphInstance instance(InstanceDefinition definition, GraphTopology topology) {
    return instance(InstancePlan.of(definition, topology));
  }

  /**
   * Finds an instance.
   *
   * @param name of the instance
   * @return the instance, or empty when there is none of that name
   */
  public Optional<GraphInstance> instance(String name) {
    return Optional.ofNullable(instances.get(name));
  }

  /**
   * Returns where asset sinks record.
   *
   * @return the URI of the store
   */
  public URI assetStore() {
    return settings.assetStore;
  }

  /**
   * Returns an option that was set with {@link MediaRuntimeBuilder#option}.
   *
   * @param <T> type of the option
   * @param type its class
   * @return the option, or empty when it was not set
   */
  public <T> Optional<T> option(Class<T> type) {
    return Optional.ofNullable(settings.options.get(type)).map(type::cast);
  }

  /**
   * Returns where the engine keeps topologies and instances.
   *
   * @return a folder; empty when nothing is kept
   */
  public Optional<Path> applicationDataDirectory() {
    return Optional.ofNullable(settings.applicationDataDirectory);
  }

  /**
   * Returns which node types topologies in JSON may contain: those that are installed, and those of
   * the node providers that the builder was given.
   *
   * @return the node types, for {@link io.lva.graph.json.TopologyJson}
   */
  public NodeTypes nodeTypes() {
    return nodeTypes;
  }

  /**
   * Returns the resources that instances share, for code that serves what the sinks of this runtime
   * write.
   *
   * @return the resources, which are closed with this runtime
   */
  public SharedResources shared() {
    return shared;
  }

  /**
   * Ends all instances, each within the close deadline, and everything they share, and waits until
   * that is done. A second call does nothing.
   *
   * @throws IllegalStateException when called on a media loop or on a thread that starts or stops
   *     nodes, which must not wait for itself
   */
  @Override
  public void close() {
    checkMayWait();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    end(List.copyOf(instances.values()));
    workers.close();
    shared.close();
    loops.close();
    dispatchers.forEach(EventDispatcher::close);
    mediaMemory.close();
  }

  GraphInstance instance(InstancePlan plan) {
    checkOpen();
    GraphInstance instance = new GraphInstance(this, plan);
    if (instances.putIfAbsent(plan.instanceName(), instance) != null) {
      throw new IllegalStateException(
          "a graph instance named '" + plan.instanceName() + "' exists");
    }
    return instance;
  }

  /** Ends instances in parallel, waits for them, and frees their names. */
  void end(List<GraphInstance> ending) {
    CompletableFuture<?>[] ends =
        ending.stream()
            .map(instance -> instance.end(settings.closeDeadline))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).join();
    ending.forEach(this::forget);
  }

  /** Begins to make and start the nodes of an instance on one loop. */
  CompletableFuture<ActiveGraph> start(InstancePlan plan, OverdueCalls calls) {
    checkOpen();
    MediaLoop loop = loops.next();
    usedLoops.add(loop);
    GraphHost host = new InstanceHost(this, plan, loop);
    return new GraphStart(
            plan.instanceName(), plan.nodes(), providers, loop, lifecycleThreads, host, calls)
        .begin(settings.activationDeadline);
  }

  void publish(EventRecord event) {
    dispatchers.forEach(dispatcher -> dispatcher.dispatch(event));
  }

  void stateChanged(String instance, InstanceState state) {
    LOGGER.log(System.Logger.Level.INFO, "Graph instance ''{0}'' is {1}", instance, state.text());
  }

  /** Frees the name of an instance, and withdraws the metrics counted under it. */
  void forget(GraphInstance instance) {
    if (instances.remove(instance.name(), instance)) {
      settings.metrics.forget("graph_instance", instance.name());
    }
  }

  /** Withdraws the metrics of a topology that is deleted. */
  void forgetTopology(String name) {
    activeInstances.forget(name);
    settings.metrics.forget("graph_topology", name);
  }

  void checkMayWait() {
    if (Thread.currentThread() instanceof LifecycleThreads.Marked
        || usedLoops.stream().anyMatch(MediaLoop::inLoop)) {
      throw new IllegalStateException("waiting on a thread of the runtime would not end");
    }
  }

  LifecycleThreads lifecycleThreads() {
    return lifecycleThreads;
  }

  ActiveInstances activeInstances() {
    return activeInstances;
  }

  Duration closeDeadline() {
    return settings.closeDeadline;
  }

  Clock clock() {
    return settings.clock;
  }

  Metrics metrics() {
    return settings.metrics;
  }

  String topic() {
    return settings.topic;
  }

  SlabPool slabs() {
    return slabs;
  }

  /**
   * Returns the inputs for messages from outside: those that an IoT Edge module receives, and those
   * that an integrator creates.
   *
   * @return the inputs of all graphs of this runtime, by name
   * @throws IllegalStateException when the runtime is closed
   */
  public MessageInputs messageInputs() {
    return shared().get(MessageInputs.class, MessageInputs::new);
  }

  MediaBudget mediaBudget() {
    return mediaBudget;
  }

  WorkerPool workers() {
    return workers;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the runtime is closed");
    }
  }
}
