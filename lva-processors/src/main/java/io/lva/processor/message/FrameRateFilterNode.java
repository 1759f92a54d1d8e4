package io.lva.processor.message;

import io.lva.media.ForwardingSampleConsumer;
import io.lva.media.Gap;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Limits the number of pictures per second. Only key pictures pass: when some pictures are left
 * out, the others could not be decoded.
 *
 * <p>Confined to its media loop.
 */
final class FrameRateFilterNode implements NodeRuntime {
  private final NodeContext context;
  private final SampleConsumer filter;

  /** Creates a filter; a rate of 0 lets all key pictures pass. */
  FrameRateFilterNode(double maximumFps, NodeContext context) {
    this.context = context;
    long period = maximumFps == 0 ? 0 : (long) (1_000_000_000L / maximumFps);
    filter = new Filter(period, context.mediaOutput());
  }

  @Override
  public List<Inlet> inputs() {
    // What a node before this one found belongs to pictures that may pass.
    return List.of(Inlet.both(filter, context.eventOutput()));
  }

  @Override
  public void start() {
    // Waits for media.
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return CompletableFuture.completedFuture(null);
  }

  private static final class Filter extends ForwardingSampleConsumer {
    private final long period;
    private long due = Long.MIN_VALUE;

    Filter(long period, SampleConsumer target) {
      super(target);
      this.period = period;
    }

    @Override
    public void sample(Sample sample) {
      if (sample.sync() && sample.track().mediaType() == MediaType.VIDEO && isDue(sample)) {
        target().sample(sample);
      }
    }

    /**
     * Returns whether the sample may pass. A sample that comes a little early may, so that the rate
     * is kept; after a hole the rate starts over.
     */
    private boolean isDue(Sample sample) {
      long now = sample.utcNanos();
      boolean stepped = due != Long.MIN_VALUE && Math.abs(now - due) > 2 * period;
      if (due != Long.MIN_VALUE && !stepped && now < due - period / 10) {
        return false;
      }
      due = (due == Long.MIN_VALUE || stepped ? now : Math.max(due, now - period / 2)) + period;
      return true;
    }

    @Override
    public void gapOpened(Gap gap) {
      // What passes has holes anyway.
    }

    @Override
    public void gapClosed(Gap gap) {
      // As above.
    }
  }
}
