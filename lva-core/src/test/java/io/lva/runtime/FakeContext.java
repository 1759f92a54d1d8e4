package io.lva.runtime;

import io.lva.event.GraphEvent;
import io.lva.graph.Value;
import io.lva.media.EventConsumer;
import io.lva.media.MediaBudget;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.spi.MediaLoop;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import io.lva.spi.WorkerPool;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A context of a node that stands alone. */
record FakeContext(String nodeName, MediaLoop loop) implements NodeContext {
  @Override
  public String topologyName() {
    return "Topology";
  }

  @Override
  public String instanceName() {
    return "camera1";
  }

  @Override
  public List<Input> inputs() {
    return List.of();
  }

  @Override
  public <T> T resolve(Value<T> value) {
    throw new UnsupportedOperationException("resolve");
  }

  @Override
  public SampleConsumer mediaOutput() {
    return new WiredNode(loop, failure -> {});
  }

  @Override
  public EventConsumer eventOutput() {
    return event -> {};
  }

  @Override
  public void publish(GraphEvent event) {
    throw new UnsupportedOperationException("publish");
  }

  @Override
  public void publishFor(String nodeName, GraphEvent event) {
    publish(event);
  }

  @Override
  public Metrics metrics() {
    return Metrics.none();
  }

  @Override
  public SlabPool slabs() {
    return SlabPool.ofBytes(1 << 20);
  }

  @Override
  public SharedResources shared() {
    return new SharedRegistry();
  }

  @Override
  public MediaBudget mediaBudget() {
    return new MediaBudget(slabs());
  }

  @Override
  public WorkerPool workers() {
    throw new UnsupportedOperationException("workers");
  }

  @Override
  public SharedResources session() {
    return shared();
  }

  @Override
  public <T> Optional<T> option(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public URI assetStore() {
    return URI.create("file:///nowhere");
  }
}
