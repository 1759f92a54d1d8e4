package io.lva.examples;

import io.lva.graph.MediaOutput;
import io.lva.graph.NodeSpec;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.spi.Inlet;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A custom node: a sink that counts the sync samples of a camera as a metric. */
public final class CountSyncSamples {
  private CountSyncSamples() {}

  // begin example
  /** The type of the node in a topology; the node has no properties. Immutable. */
  public record Spec() implements NodeSpec.Sink<MediaOutput> {
    static final String TYPE = "#Example.CountSyncSamples";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Creates the node when an instance is activated. Thread-safe. */
  public static final class Provider implements NodeProvider {
    /** Called by the service loader. */
    public Provider() {}

    @Override
    public String type() {
      return Spec.TYPE;
    }

    @Override
    public NodeRuntime create(NodeSpec spec, NodeContext context) {
      return new Counting(context.metrics().counter("example.sync.samples"));
    }
  }

  /** The node at work. Confined to its media loop. */
  private static final class Counting implements NodeRuntime, SampleConsumer {
    private final Metrics.Counter syncSamples;

    Counting(Metrics.Counter syncSamples) {
      this.syncSamples = syncSamples;
    }

    @Override
    public List<Inlet> inputs() {
      return List.of(Inlet.media(this));
    }

    @Override
    public void start() {}

    @Override
    public void tracks(TrackSet tracks) {}

    @Override
    public void sample(Sample sample) {
      if (sample.sync()) {
        syncSamples.add(1); // the data is valid during this call; keep() retains it
      }
    }

    @Override
    public void gapOpened(Gap gap) {}

    @Override
    public void gapClosed(Gap gap) {}

    @Override
    public void end(GapCause cause) {}

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return CompletableFuture.completedFuture(null);
    }
  }
  // end example
}
