package com.example.stranger;

import io.lva.event.InferenceJson;
import io.lva.graph.NodeSpec;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaEvent;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes brittle sinks. */
public final class BrittleSinkProvider implements NodeProvider {
  @Override
  public String type() {
    return BrittleSink.TYPE.name();
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    return new Brittle();
  }

  private static final class Brittle implements NodeRuntime, SampleConsumer {
    private long samples;

    @Override
    public List<Inlet> inputs() {
      return List.of(Inlet.both(this, Brittle::print));
    }

    private static void print(MediaEvent event) {
      if (event instanceof MediaEvent.Analysis analysis) {
        System.out.println("pulse " + InferenceJson.write(analysis.inferences()));
      }
    }

    @Override
    public void tracks(TrackSet tracks) {}

    @Override
    public void sample(Sample sample) {
      samples++;
      if (samples % 100 == 0) {
        throw new IllegalStateException("sample " + samples + " breaks the sink");
      }
    }

    @Override
    public void gapOpened(Gap gap) {
      System.out.println("gap " + gap.causes());
    }

    @Override
    public void gapClosed(Gap gap) {}

    @Override
    public void end(GapCause cause) {}

    @Override
    public void start() {}

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
