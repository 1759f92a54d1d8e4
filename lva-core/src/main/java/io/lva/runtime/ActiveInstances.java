package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the active instances of each topology, as {@code lva_active_graph_instances}. Thread-safe.
 */
final class ActiveInstances {
  private final Metrics metrics;

  @GuardedBy("this")
  private final Map<String, Active> byTopology = new HashMap<>();

  private record Active(AtomicInteger instances, Metrics.Registration gauge) {}

  ActiveInstances(Metrics metrics) {
    this.metrics = metrics;
  }

  synchronized void add(String topology, int change) {
    byTopology.computeIfAbsent(topology, this::register).instances().addAndGet(change);
  }

  /** Withdraws the gauge of a topology that is deleted. */
  synchronized void forget(String topology) {
    Active active = byTopology.remove(topology);
    if (active != null) {
      active.gauge().close();
    }
  }

  private Active register(String topology) {
    AtomicInteger active = new AtomicInteger();
    return new Active(
        active,
        metrics.gauge(MetricNames.ACTIVE_INSTANCES, active::get, "graph_topology", topology));
  }
}
