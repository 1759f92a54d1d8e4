package com.example.stranger;

import io.lva.graph.NodeSpec;
import io.lva.graph.ObjectType;
import io.lva.media.ForwardingSampleConsumer;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.MediaEvent;
import io.lva.media.Sample;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes pulse counters. */
public final class PulseCounterProvider implements NodeProvider {
  @Override
  public String type() {
    return PulseCounter.TYPE.name();
  }

  @Override
  public Optional<ObjectType<?>> objectType() {
    return Optional.of(PulseCounter.TYPE);
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    return new Counting((PulseCounter) spec, context);
  }

  private static final class Counting extends ForwardingSampleConsumer implements NodeRuntime {
    private final NodeContext context;
    private final long every;
    private final String label;
    private long samples;

    Counting(PulseCounter spec, NodeContext context) {
      super(context.mediaOutput());
      this.context = context;
      every = context.resolve(spec.every());
      label = context.resolve(spec.label());
    }

    @Override
    public List<Inlet> inputs() {
      return List.of(Inlet.media(this));
    }

    @Override
    public void sample(Sample sample) {
      target().sample(sample);
      samples++;
      if (samples % every == 0) {
        var pulse =
            new InferenceValue.Event(label, Map.of("samples", "" + samples), Optional.empty());
        context
            .eventOutput()
            .event(new MediaEvent.Analysis(sample.utcNanos(), List.of(Inference.of(pulse))));
      }
    }

    @Override
    public void start() {}

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
