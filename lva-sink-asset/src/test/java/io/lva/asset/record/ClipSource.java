package io.lva.asset.record;

import io.lva.graph.NodeSpec;
import io.lva.media.GapCause;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.spi.Inlet;
import io.lva.spi.MediaAbsence;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** In place of an RTSP source: gives a test the way into the graph. */
final class ClipSource implements NodeProvider {
  private final CompletableFuture<NodeContext> context = new CompletableFuture<>();

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphRtspSource";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext nodeContext) {
    context.complete(nodeContext);
    return new NodeRuntime() {
      @Override
      public List<Inlet> inputs() {
        return List.of();
      }

      @Override
      public void start() {
        // The test sends.
      }

      @Override
      public CompletionStage<Void> stop(Duration deadline) {
        nodeContext.mediaOutput().end(GapCause.OPERATOR);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  /** Sends something on the media loop, and waits until that is done. */
  void send(Consumer<SampleConsumer> action) {
    NodeContext known = context.join();
    CompletableFuture.runAsync(() -> action.accept(known.mediaOutput()), known.loop()).join();
  }

  /** Asks the consumers whether another group of pictures fits. */
  boolean hasRoom() {
    NodeContext known = context.join();
    return CompletableFuture.supplyAsync(() -> known.mediaOutput().hasRoom(), known.loop()).join();
  }

  /** Returns why no media arrives. */
  MediaAbsence absence() {
    return MediaAbsence.of(context.join().session());
  }

  /** Returns the memory of the runtime. */
  SlabPool slabs() {
    return context.join().slabs();
  }
}
