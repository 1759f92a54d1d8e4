package io.lva.runtime;

import io.lva.event.EventRecord;
import io.lva.event.EventSource;
import io.lva.event.GraphEvent;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.SystemData;
import io.lva.graph.TopologyException;
import io.lva.runtime.EngineStore.KeptInstance;
import io.lva.runtime.KeptGraph.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instances of an engine. A change is on the disk before it is made in memory, and before an
 * instance changes its state.
 *
 * <p>Thread-safe; changes run under the engine's lock, which the caller holds.
 */
final class KeptGraphs {
  private static final System.Logger LOGGER = System.getLogger(KeptGraphs.class.getName());

  private final MediaRuntime runtime;
  private final EngineStore store;
  private final Object lock;
  private final Map<String, KeptGraph> byName = new ConcurrentSkipListMap<>();
  private boolean closed;

  KeptGraphs(MediaRuntime runtime, EngineStore store, Object lock) {
    this.runtime = runtime;
    this.store = store;
    this.lock = lock;
  }

  int size() {
    return byName.size();
  }

  /** Returns all instances, in ascending order of their names. */
  Collection<KeptGraph> all() {
    return byName.values();
  }

  Optional<KeptGraph> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the instances that refer to a topology. */
  List<KeptGraph> users(String topology) {
    return byName.values().stream()
        .filter(graph -> graph.definition().topologyName().equals(topology))
        .toList();
  }

  KeptGraph create(InstancePlan plan, InstanceDefinition definition, Instant now) {
    KeptInstance kept = new KeptInstance(definition, SystemData.created(now), false);
    GraphInstance instance = runtime.instance(plan);
    try {
      store.put(kept);
    } catch (EngineException e) {
      runtime.forget(instance);
      throw e;
    }
    KeptGraph graph = new KeptGraph(instance, kept, Wish.SETTLED);
    byName.put(definition.name(), graph);
    return graph;
  }

  void replace(KeptGraph graph, InstancePlan plan, InstanceDefinition definition, Instant now) {
    SystemData systemData = graph.kept().systemData().modified(now);
    KeptInstance kept = new KeptInstance(definition, systemData, graph.desiredActive());
    graph
        .instance()
        .whileInactive(
            "update",
            () -> {
              keep(graph, kept);
              graph.instance().update(plan);
            });
  }

  void delete(KeptGraph graph) {
    String name = graph.definition().name();
    graph.instance().whileInactive("delete", () -> store.deleteInstance(name));
    byName.remove(name);
    runtime.forget(graph.instance());
  }

  /**
   * Activates an instance, or joins an activation in progress.
   *
   * @param plan what the instance runs from now on, if it is inactive
   */
  CompletableFuture<Void> activate(KeptGraph graph, InstancePlan plan) {
    InstanceState state = graph.instance().state();
    if (state == InstanceState.DEACTIVATING) {
      // Decided here: a moment later it may be inactive, and would begin without its wish kept.
      return CompletableFuture.failedFuture(graph.instance().cannotActivate());
    }
    if (state == InstanceState.INACTIVE) {
      graph.instance().update(plan);
      graph.activating();
      keep(graph, graph.kept().desiring(true));
    }
    return graph
        .instance()
        .begin()
        .whenComplete((nothing, failure) -> activated(graph, failure == null));
  }

  private void activated(KeptGraph graph, boolean successful) {
    synchronized (lock) {
      boolean current = byName.get(graph.definition().name()) == graph && !closed;
      InstanceState state = graph.instance().state();
      boolean failed = !successful && state == InstanceState.INACTIVE;
      if (successful && state == InstanceState.ACTIVE) {
        graph.activated();
      } else if (failed && current && graph.wish() == Wish.NEW && graph.desiredActive()) {
        keep(graph, graph.kept().desiring(false));
      }
    }
  }

  CompletableFuture<Void> deactivate(KeptGraph graph, Duration deadline) {
    if (graph.instance().state() == InstanceState.ACTIVATING) {
      // Decided here: a moment later it may be active, and would end without its wish kept.
      return CompletableFuture.failedFuture(graph.instance().cannotDeactivate());
    }
    if (graph.desiredActive()) {
      graph.resumed();
      // Before the sinks are drained: whoever kills the process in the meantime still wants it
      // inactive.
      keep(graph, graph.kept().desiring(false));
    }
    return graph.instance().stop(deadline);
  }

  /** Restores a kept instance; one that cannot run is logged and left out. */
  void restore(KeptInstance kept, Optional<GraphTopology> topology) {
    String name = kept.definition().name();
    try {
      InstancePlan plan =
          InstancePlan.of(
              kept.definition(),
              topology.orElseThrow(() -> new IllegalArgumentException("its topology is missing")));
      GraphInstance instance = runtime.instance(plan);
      Wish wish = kept.desiredActive() ? Wish.RESUMING : Wish.SETTLED;
      byName.put(name, new KeptGraph(instance, kept, wish));
    } catch (TopologyException | IllegalArgumentException | IllegalStateException e) {
      LOGGER.log(
          System.Logger.Level.ERROR,
          "The kept instance '" + name + "' cannot be used: " + e.getMessage());
    }
  }

  /**
   * Activates the instances that were active before the process ended and are not active yet.
   *
   * @param plans what each instance runs
   */
  void resume(Function<KeptGraph, InstancePlan> plans) {
    for (KeptGraph graph : byName.values()) {
      boolean waits = graph.instance().state() == InstanceState.INACTIVE;
      if (!closed && graph.wish() == Wish.RESUMING && waits) {
        graph.instance().update(plans.apply(graph));
        CompletionStage<Void> activation = graph.instance().begin();
        activation.whenComplete((done, failure) -> resumed(graph, failure));
      }
    }
  }

  private void resumed(KeptGraph graph, @Nullable Throwable failure) {
    if (failure == null) {
      graph.resumed();
      return;
    }
    String reason =
        "Graph instance '"
            + graph.definition().name()
            + "' was active and could not be activated again: "
            + failure.getMessage();
    if (!graph.notResumed(reason)) {
      return; // said already: this is tried every few seconds
    }
    LOGGER.log(System.Logger.Level.WARNING, reason);
    runtime.publish(
        EventRecord.of(
            EventSource.ofInstance(runtime.topic(), graph.definition().name()),
            Clocks.utc(runtime.clock()),
            new GraphEvent.RuntimeError("activationFailed", reason)));
  }

  void close() {
    synchronized (lock) {
      closed = true;
    }
    runtime.end(byName.values().stream().map(KeptGraph::instance).toList());
  }

  private void keep(KeptGraph graph, KeptInstance kept) {
    store.put(kept);
    graph.keep(kept);
  }
}
