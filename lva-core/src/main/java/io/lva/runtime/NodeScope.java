package io.lva.runtime;

import io.lva.event.EventRecord;
import io.lva.event.EventSource;
import io.lva.event.GraphEvent;
import io.lva.spi.Metrics;
import java.time.Instant;

/**
 * The identity under which a node reports metrics and publishes events.
 *
 * <p>Thread-safe.
 */
final class NodeScope {
  private final MediaRuntime runtime;
  private final EventSource source;
  private final Metrics metrics;

  private NodeScope(MediaRuntime runtime, EventSource source, Metrics metrics) {
    this.runtime = runtime;
    this.source = source;
    this.metrics = metrics;
  }

  static NodeScope of(MediaRuntime runtime, InstancePlan plan, PlannedNode node) {
    return new NodeScope(
        runtime,
        EventSource.ofInstance(runtime.topic(), plan.instanceName())
            .node(node.collection(), node.name()),
        new TaggedMetrics(
            runtime.metrics(),
            "graph_topology",
            plan.topologyName(),
            "graph_instance",
            plan.instanceName(),
            "graph_node",
            node.name()));
  }

  /** Returns metrics tagged with topology, instance and node. */
  Metrics metrics() {
    return metrics;
  }

  void publish(Instant now, GraphEvent event) {
    runtime.publish(EventRecord.of(source, now, event));
  }
}
