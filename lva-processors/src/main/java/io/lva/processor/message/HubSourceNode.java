package io.lva.processor.message;

import io.lva.media.MediaEvent;
import io.lva.spi.Inlet;
import io.lva.spi.MessageInputs;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the messages of one input of the module.
 *
 * <p>Confined to its media loop.
 */
final class HubSourceNode implements NodeRuntime {
  private final String input;
  private final NodeContext context;
  private volatile MessageInputs.@Nullable Subscription subscription;

  HubSourceNode(String input, NodeContext context) {
    this.input = input;
    this.context = context;
  }

  @Override
  public List<Inlet> inputs() {
    return List.of();
  }

  @Override
  public void start() {
    subscription =
        context
            .shared()
            .get(MessageInputs.class, MessageInputs::new)
            .subscribe(input, message -> context.loop().execute(() -> arrived(message)));
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    MessageInputs.Subscription some = subscription;
    subscription = null;
    if (some != null) {
      some.close();
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Passes a message on unless it names another instance as its target. */
  private void arrived(MediaEvent.Message message) {
    String target = message.properties().getOrDefault("eventTarget", "");
    if (subscription != null
        && (target.isEmpty() || target.equals("/graphInstances/" + context.instanceName()))) {
      context.eventOutput().event(message);
    }
  }
}
