package io.lva.processor.motion;

import io.lva.media.ForwardingSampleConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.InferenceValue.Box;
import io.lva.media.MediaEvent;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.TrackSet;
import io.lva.processor.PictureOptions;
import io.lva.processor.SessionPictures;
import io.lva.spi.Inlet;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks for motion in key pictures, within a budget of bytes. The samples of pictures with motion
 * pass, each after the event that reports the motion; everything else ends here.
 *
 * <p>Confined to its media loop.
 */
final class MotionNode extends ForwardingSampleConsumer implements NodeRuntime {
  /** A scene that was not seen for this long is learned again. */
  private static final long FORGET_NANOS = Duration.ofSeconds(60).toNanos();

  private static final int MAXIMUM_BOXES = 32;

  private final NodeContext context;
  private final SessionPictures pictures;
  private final MotionDetector detector;
  private final boolean regions;
  private final long windowNanos;
  private final ByteBudget budget;
  private final Metrics.Counter skipped;
  private long stream;
  private long lastNanos = Long.MIN_VALUE;
  private long windowEnd = Long.MIN_VALUE;

  /**
   * Creates a node.
   *
   * @param tuning smallest change that counts as motion
   * @param regions whether events carry boxes
   * @param window time in which all motion is one event; zero for one event per picture
   * @param context what the node uses
   */
  MotionNode(Tuning tuning, boolean regions, Duration window, NodeContext context) {
    super(context.mediaOutput());
    this.context = context;
    this.regions = regions;
    windowNanos = window.toNanos();
    pictures = SessionPictures.of(context);
    detector = new MotionDetector(tuning);
    budget =
        new ByteBudget(
            context
                .option(PictureOptions.class)
                .orElseGet(PictureOptions::defaults)
                .motionBytesPerSecond());
    skipped = context.metrics().counter(MetricNames.PICTURES, "result", "over-budget");
  }

  @Override
  public List<Inlet> inputs() {
    return List.of(Inlet.media(this));
  }

  @Override
  public void start() {
    // Waits for media.
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return context
        .loop()
        .call(
            () -> {
              stream++;
              return CompletableFuture.completedFuture(null);
            });
  }

  @Override
  public void tracks(TrackSet tracks) {
    stream++;
    detector.reset();
    super.tracks(tracks);
  }

  @Override
  public void end(GapCause cause) {
    stream++;
    detector.reset();
    super.end(cause);
  }

  @Override
  public void gapOpened(Gap gap) {
    // What passes has holes anyway.
  }

  @Override
  public void gapClosed(Gap gap) {
    // As above.
  }

  @Override
  public void sample(Sample sample) {
    if (!sample.sync() || sample.track().mediaType() != MediaType.VIDEO) {
      return;
    }
    if (!budget.spend(sample.utcNanos(), sample.data().size())) {
      skipped.add(1);
      return;
    }
    if (Math.abs(sample.utcNanos() - lastNanos) > FORGET_NANOS) {
      detector.reset();
    }
    lastNanos = sample.utcNanos();
    long asked = stream;
    sample.keep();
    CompletionStage<Void> unused =
        pictures
            .request(sample, picture -> detector.next(MeanGrid.of(picture)))
            .handle(
                (boxes, failure) -> {
                  if (asked == stream) {
                    analysed(sample, boxes);
                  }
                  sample.release();
                  return null;
                });
  }

  private void analysed(Sample sample, @Nullable List<Box> boxes) {
    if (boxes == null || boxes.isEmpty()) {
      return;
    }
    long time = presentation(sample);
    if (time >= windowEnd || time < windowEnd - windowNanos) {
      windowEnd = time + windowNanos;
      context.eventOutput().event(new MediaEvent.Analysis(time, inferences(boxes)));
    }
    target().sample(sample);
  }

  private List<Inference> inferences(List<Box> boxes) {
    if (!regions) {
      return List.of(Inference.of(new InferenceValue.Motion(Optional.empty())));
    }
    return boxes.stream()
        .limit(MAXIMUM_BOXES)
        .map(box -> Inference.of(new InferenceValue.Motion(Optional.of(box))))
        .toList();
  }

  private static long presentation(Sample sample) {
    return sample.utcNanos()
        + sample.compositionOffset() * 1_000_000_000L / sample.track().timescale();
  }
}
