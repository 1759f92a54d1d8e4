package io.lva.runtime;

import io.lva.spi.MediaLoop;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives nodes a context that stands alone, and remembers failures. */
final class FakeHost implements GraphHost {
  final List<String> failures = new ArrayList<>();
  private final MediaLoop loop;

  FakeHost(MediaLoop loop) {
    this.loop = loop;
  }

  @Override
  public NodeContext context(PlannedNode node, SharedResources session, WiredNode output) {
    return new FakeContext(node.name(), loop);
  }

  @Override
  public void nodeFailed(PlannedNode node, Throwable failure) {
    failures.add(node.name() + ": " + failure.getMessage());
  }

  @Override
  public void stopFailed(PlannedNode node, Throwable failure) {
    failures.add("stop of " + node.name() + ": " + failure.getMessage());
  }

  @Override
  public void stopOverdue(PlannedNode node, Duration deadline) {
    failures.add("stop of " + node.name() + " overdue after " + deadline);
  }
}
