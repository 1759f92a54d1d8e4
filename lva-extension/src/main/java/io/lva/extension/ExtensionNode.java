package io.lva.extension;

import io.lva.extension.image.EncodedImage;
import io.lva.extension.image.ImageWriter;
import io.lva.media.EventConsumer;
import io.lva.media.ForwardingSampleConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Inference;
import io.lva.media.MediaEvent;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.TrackSet;
import io.lva.processor.SessionPictures;
import io.lva.spi.Inlet;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends pictures to a service and publishes what the service finds. Key pictures pass in order,
 * each after what was found in it. If the service is slow or fails, the graph loses only what the
 * service would have found.
 *
 * <p>Confined to its media loop.
 */
final class ExtensionNode extends ForwardingSampleConsumer implements NodeRuntime, EventConsumer {
  /**
   * The largest number of pictures that wait for answers; beyond that, the oldest passes
   * unanswered.
   */
  private static final int MAXIMUM_WAITING = 16;

  /** The largest number of findings of upstream nodes that are kept until their pictures arrive. */
  private static final int MAXIMUM_UPSTREAM = 64;

  private final NodeContext context;
  private final ImageWriter writer;
  private final InferenceClient client;
  private final Sampling sampling;
  private final SessionPictures pictures;
  private final BoxMapper boxes;
  private final Metrics.Counter dropped;
  private final Deque<MediaEvent.Analysis> upstream = new ArrayDeque<>();
  private final Deque<PendingPicture> waiting = new ArrayDeque<>();
  private boolean running;

  ExtensionNode(
      ImageWriter writer, InferenceClient client, Sampling sampling, NodeContext context) {
    super(context.mediaOutput());
    this.context = context;
    this.writer = writer;
    this.client = client;
    this.sampling = sampling;
    pictures = SessionPictures.of(context);
    pictures.keepCopies();
    boxes = new BoxMapper(context.nodeName());
    dropped = context.metrics().counter(MetricNames.DATA_DROPPED, "data_kind", "picture");
  }

  /** A picture that is passed on once it and all before it have been answered. */
  private static final class PendingPicture {
    final Sample sample;
    boolean answered;

    PendingPicture(Sample sample) {
      this.sample = sample;
    }
  }

  @Override
  public List<Inlet> inputs() {
    return List.of(Inlet.both(this, this));
  }

  @Override
  public void start() {
    context
        .loop()
        .execute(
            () -> {
              running = true;
              client.start();
            });
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return context.loop().call(this::end);
  }

  private CompletionStage<Void> end() {
    running = false;
    client.stop();
    release();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void event(MediaEvent event) {
    if (event instanceof MediaEvent.Analysis analysis) {
      upstream.addLast(analysis);
      if (upstream.size() > MAXIMUM_UPSTREAM) {
        upstream.removeFirst();
      }
    }
  }

  @Override
  public void tracks(TrackSet tracks) {
    release();
    super.tracks(tracks);
  }

  @Override
  public void end(GapCause cause) {
    release();
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
    if (!running || !sample.sync() || sample.track().mediaType() != MediaType.VIDEO) {
      return;
    }
    PendingPicture place = new PendingPicture(sample.keep());
    waiting.addLast(place);
    if (waiting.size() > MAXIMUM_WAITING) {
      waiting.getFirst().answered = true;
    }
    long time =
        sample.utcNanos()
            + sample.compositionOffset() * 1_000_000_000L / sample.track().timescale();
    List<Inference> found = takeUpstream(time);
    if (!sampling.wants(time, !found.isEmpty())) {
      answered(place);
    } else if (!client.isReady()) {
      dropped.add(1);
      answered(place);
    } else {
      sampling.sent(time);
      analyse(place, time, found);
    }
  }

  private void analyse(PendingPicture place, long time, List<Inference> found) {
    CompletionStage<Void> unused =
        pictures
            .request(place.sample, writer::write)
            .thenCompose(image -> send(image, time, found))
            .handle(
                (inferences, failure) -> {
                  publish(time, inferences);
                  answered(place);
                  return null;
                });
  }

  private CompletionStage<List<Inference>> send(
      EncodedImage image, long time, List<Inference> found) {
    if (!running) {
      return CompletableFuture.completedFuture(List.of());
    }
    return client
        .send(image, time, boxes.toImage(found, image.placement()))
        .thenApply(inferences -> boxes.toPicture(inferences, image.placement()));
  }

  private void publish(long time, @Nullable List<Inference> inferences) {
    if (running && inferences != null && !inferences.isEmpty()) {
      context.eventOutput().event(new MediaEvent.Analysis(time, inferences));
    }
  }

  private void answered(PendingPicture place) {
    place.answered = true;
    while (!waiting.isEmpty() && waiting.getFirst().answered) {
      Sample sample = waiting.removeFirst().sample;
      target().sample(sample);
      sample.release();
    }
  }

  /** Removes and returns what upstream nodes found in a picture; empty when they found nothing. */
  private List<Inference> takeUpstream(long time) {
    for (Iterator<MediaEvent.Analysis> left = upstream.iterator(); left.hasNext(); ) {
      MediaEvent.Analysis analysis = left.next();
      if (analysis.utcNanos() == time) {
        left.remove();
        return analysis.inferences();
      }
    }
    return List.of();
  }

  private void release() {
    waiting.forEach(place -> place.sample.release());
    waiting.clear();
    upstream.clear();
  }
}
