package io.lva.runtime;

import io.lva.event.GraphEvent;
import io.lva.graph.Value;
import io.lva.media.EventConsumer;
import io.lva.media.MediaBudget;
import io.lva.media.MediaType;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.spi.MediaLoop;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import io.lva.spi.WorkerPool;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one node of one activation can use. Thread-safe, apart from the consumers. */
final class RuntimeNodeContext implements NodeContext {
  private final MediaRuntime runtime;
  private final InstancePlan plan;
  private final PlannedNode node;
  private final MediaLoop loop;
  private final SharedResources session;
  private final WiredNode output;
  private final NodeScope scope;

  RuntimeNodeContext(
      MediaRuntime runtime,
      InstancePlan plan,
      PlannedNode node,
      MediaLoop loop,
      SharedResources session,
      WiredNode output) {
    this.runtime = runtime;
    this.plan = plan;
    this.node = node;
    this.loop = loop;
    this.session = session;
    this.output = output;
    scope = NodeScope.of(runtime, plan, node);
  }

  @Override
  public String topologyName() {
    return plan.topologyName();
  }

  @Override
  public String instanceName() {
    return plan.instanceName();
  }

  @Override
  public String nodeName() {
    return node.name();
  }

  @Override
  public List<Input> inputs() {
    return node.inputs().stream()
        .map(connection -> plan.node(connection.from()))
        .map(from -> new Input(from.name(), from.spec()))
        .toList();
  }

  @Override
  public <T> T resolve(Value<T> value) {
    return plan.resolve(value, now());
  }

  @Override
  public MediaLoop loop() {
    return loop;
  }

  @Override
  public SampleConsumer mediaOutput() {
    return output;
  }

  @Override
  public Set<MediaType> wantedMedia() {
    return WantedMedia.after(node.name(), plan.topology(), runtime.nodeTypes());
  }

  @Override
  public EventConsumer eventOutput() {
    return output;
  }

  @Override
  public void publish(GraphEvent event) {
    scope.publish(now(), event);
  }

  @Override
  public void publishFor(String nodeName, GraphEvent event) {
    NodeScope.of(runtime, plan, plan.node(nodeName)).publish(now(), event);
  }

  @Override
  public Metrics metrics() {
    return scope.metrics();
  }

  @Override
  public SlabPool slabs() {
    return runtime.slabs();
  }

  @Override
  public MediaBudget mediaBudget() {
    return runtime.mediaBudget();
  }

  @Override
  public WorkerPool workers() {
    return runtime.workers();
  }

  @Override
  public SharedResources shared() {
    return runtime.shared();
  }

  @Override
  public SharedResources session() {
    return session;
  }

  @Override
  public <T> Optional<T> option(Class<T> type) {
    return runtime.option(type);
  }

  @Override
  public URI assetStore() {
    return runtime.assetStore();
  }

  private Instant now() {
    return Clocks.utc(loop.clock());
  }
}
