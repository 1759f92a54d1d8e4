package io.lva.iot;

import io.lva.graph.NodeSpec;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Nodes that do nothing: a camera that is off, and a sink that gets nothing. */
final class FakeNodes {
  /** What the sink does at its end; done at once unless a test says otherwise. */
  Supplier<CompletionStage<Void>> drain = () -> CompletableFuture.completedFuture(null);

  /** What the sink does when it is made. */
  Runnable create = () -> {};

  NodeProvider source() {
    return provider("#Microsoft.Media.MediaGraphRtspSource", List.of());
  }

  NodeProvider sink() {
    return provider("#Microsoft.Media.MediaGraphAssetSink", List.of(Inlet.media(new Nobody())));
  }

  private NodeProvider provider(String type, List<Inlet> inputs) {
    return new NodeProvider() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public NodeRuntime create(NodeSpec spec, NodeContext context) {
        if (!inputs.isEmpty()) {
          create.run();
        }
        return new Node(inputs);
      }
    };
  }

  private final class Node implements NodeRuntime {
    private final List<Inlet> inputs;

    Node(List<Inlet> inputs) {
      this.inputs = inputs;
    }

    @Override
    public List<Inlet> inputs() {
      return inputs;
    }

    @Override
    public void start() {}

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return inputs.isEmpty() ? CompletableFuture.completedFuture(null) : drain.get();
    }
  }
}
