package io.lva.runtime;

import io.lva.event.GraphEvent;
import io.lva.spi.MediaLoop;
import io.lva.spi.MetricNames;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;

/** The runtime as the nodes of one activation of an instance see it. Thread-safe. */
final class InstanceHost implements ActiveGraph.Host {
  private static final System.Logger LOGGER = System.getLogger(InstanceHost.class.getName());

  private final MediaRuntime runtime;
  private final InstancePlan plan;
  private final MediaLoop loop;

  InstanceHost(MediaRuntime runtime, InstancePlan plan, MediaLoop loop) {
    this.runtime = runtime;
    this.plan = plan;
    this.loop = loop;
  }

  @Override
  public NodeContext context(PlannedNode node, SharedResources session, WiredNode output) {
    return new RuntimeNodeContext(runtime, plan, node, loop, session, output);
  }

  @Override
  public void nodeFailed(PlannedNode node, Throwable failure) {
    String reason =
        "Node '"
            + node.name()
            + "' of type "
            + node.spec().type()
            + " threw "
            + failure
            + " and gets no further media or events; the other nodes go on. Activate graph instance"
            + " '"
            + plan.instanceName()
            + "' again when the node is mended.";
    LOGGER.log(System.Logger.Level.ERROR, reason, failure);
    NodeScope scope = NodeScope.of(runtime, plan, node);
    scope.metrics().counter(MetricNames.NODE_FAILURES).add(1);
    scope.publish(Clocks.utc(loop.clock()), new GraphEvent.RuntimeError("nodeFailed", reason));
  }
}
