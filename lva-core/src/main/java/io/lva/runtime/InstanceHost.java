package io.lva.runtime;

import io.lva.event.GraphEvent;
import io.lva.spi.MediaLoop;
import io.lva.spi.MetricNames;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The runtime as the nodes of one activation of an instance see it. Thread-safe. */
final class InstanceHost implements GraphHost {
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
    NodeScope scope = NodeScope.of(runtime, plan, node);
    scope.metrics().counter(MetricNames.NODE_FAILURES).add(1);
    report(
        node,
        "nodeFailed",
        " threw "
            + failure
            + " and gets no further media or events; the other nodes go on. Activate the instance"
            + " again when the node is mended.",
        failure);
  }

  @Override
  public void stopFailed(PlannedNode node, Throwable failure) {
    report(
        node,
        "nodeStopFailed",
        " did not stop cleanly: "
            + failure
            + ". The other nodes were stopped. What this node still held may be missing: check what"
            + " it wrote, and mend the node.",
        failure);
  }

  @Override
  public void stopOverdue(PlannedNode node, Duration deadline) {
    report(
        node,
        "nodeStopOverdue",
        " has not stopped by its deadline of "
            + GraphStart.seconds(deadline)
            + " s and goes on in the background; the other nodes were stopped. See what it waits"
            + " for, such as a disk or a network; if it never ends, restart the process.",
        null);
  }

  private void report(PlannedNode node, String code, String what, @Nullable Throwable failure) {
    String reason =
        "Node '"
            + node.name()
            + "' of type "
            + node.spec().type()
            + " of graph instance '"
            + plan.instanceName()
            + "'"
            + what;
    LOGGER.log(System.Logger.Level.ERROR, reason, failure);
    NodeScope.of(runtime, plan, node)
        .publish(Clocks.utc(loop.clock()), new GraphEvent.RuntimeError(code, reason));
  }
}
