package io.lva.runtime;

import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import java.time.Duration;

/**
 * What the runtime does for the nodes of one activation.
 *
 * <p>Thread-safe.
 */
interface GraphHost {
  /** Creates the context of a node whose output is connected to the nodes that follow it. */
  NodeContext context(PlannedNode node, SharedResources session, WiredNode output);

  /** Tells the operator that a node was detached because it threw. */
  void nodeFailed(PlannedNode node, Throwable failure);

  /** Tells the operator that a node threw while it was stopped, or returned null from its stop. */
  void stopFailed(PlannedNode node, Throwable failure);

  /** Tells the operator that a node did not stop in time. */
  void stopOverdue(PlannedNode node, Duration deadline);
}
