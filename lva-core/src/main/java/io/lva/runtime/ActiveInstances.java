package io.lva.runtime;

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
  private final Map<String, AtomicInteger> byTopology = new HashMap<>();

  ActiveInstances(Metrics metrics) {
    this.metrics = metrics;
  }

  void add(String topology, int change) {
    counter(topology).addAndGet(change);
  }

  private synchronized AtomicInteger counter(String topology) {
    return byTopology.computeIfAbsent(topology, this::register);
  }

  private AtomicInteger register(String topology) {
    AtomicInteger active = new AtomicInteger();
    metrics.gauge(MetricNames.ACTIVE_INSTANCES, active::get, "graph_topology", topology);
    return active;
  }
}
