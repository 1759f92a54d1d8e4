package io.lva.processor.message;

import io.lva.event.GraphEvent;
import io.lva.media.MediaEvent;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Publishes the results of the nodes before it, each under the name of its node.
 *
 * <p>Confined to its media loop.
 */
final class HubSinkNode implements NodeRuntime {
  private final String output;
  private final NodeContext context;

  HubSinkNode(String output, NodeContext context) {
    this.output = output;
    this.context = context;
  }

  @Override
  public List<Inlet> inputs() {
    return context.inputs().stream()
        .map(input -> Inlet.events(event -> publish(input.nodeName(), event)))
        .toList();
  }

  @Override
  public void start() {
    // Waits for events.
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return CompletableFuture.completedFuture(null);
  }

  private void publish(String node, MediaEvent event) {
    if (event instanceof MediaEvent.Analysis analysis) {
      context.publishFor(node, new GraphEvent.InferenceMessage(output, analysis));
    }
  }
}
