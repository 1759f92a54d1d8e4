package io.lva.processor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.event.GraphEvent;
import io.lva.media.Sample;
import io.lva.media.Track;
import io.lva.spi.MediaLoop;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The decoded key pictures of one activation. A sample is decoded once for all nodes (motion
 * detection, extensions, snapshots) that ask before its decoding begins, or while a copy of it is
 * kept. At most one picture is being decoded and one waits; a newer one replaces the waiting one.
 *
 * <p>Confined to its media loop.
 */
public final class SessionPictures implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(SessionPictures.class.getName());

  /** How many pictures are kept for nodes further down that may still ask for them. */
  private static final int MAXIMUM_KEPT = 2;

  private final NodeContext context;
  private final MediaLoop loop;
  private final DecoderPool decoders;
  private final PictureOptions options;
  private final Metrics.Counter decoded;
  private final Metrics.Counter skipped;
  private final Metrics.Counter failed;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean keeps;
  private @Nullable Job running;
  private @Nullable Job waiting;
  private @Nullable Track refused;
  private boolean warnedFailed;

  private record Decoded(@Nullable Picture copy) {}

  private record Kept(Sample sample, Picture picture) {}

  private SessionPictures(NodeContext context) {
    this.context = context;
    loop = context.loop();
    decoders = context.shared().get(DecoderPool.class, DecoderPool::installed);
    options = context.option(PictureOptions.class).orElseGet(PictureOptions::defaults);
    Metrics metrics = context.metrics();
    decoded = metrics.counter(MetricNames.PICTURES, "result", "decoded");
    skipped = metrics.counter(MetricNames.PICTURES, "result", "skipped");
    failed = metrics.counter(MetricNames.PICTURES, "result", "failed");
  }

  /**
   * Finds or makes the pictures of an activation.
   *
   * @param context of one of its nodes; events and metrics are those of the first node that asks
   * @return the pictures that all its nodes share
   */
  public static SessionPictures of(NodeContext context) {
    return context.session().get(SessionPictures.class, () -> new SessionPictures(context));
  }

  /** Asks for copies of the newest pictures, for a node that may come back to them later. */
  public void keepCopies() {
    keeps = true;
  }

  /**
   * Asks for the picture of a sync sample.
   *
   * @param <T> type of the result
   * @param sample valid during the call; kept as long as needed
   * @param use called on a worker thread with the picture, which is valid during that call only;
   *     its result must not refer to the picture
   * @return a stage that completes on the media loop: with the result of {@code use}, or
   *     exceptionally when no decoder supports the track, the picture was skipped for a newer one
   *     or cannot be decoded, {@code use} failed, no worker was free, the deadline has passed, or
   *     the session has ended. Pictures that were skipped or could not be decoded are counted here
   */
  public <T> CompletionStage<T> request(Sample sample, Function<Picture, T> use) {
    for (Kept known : kept) {
      if (isSame(known.sample(), sample)) {
        return convert(known.picture(), use);
      }
    }
    PictureRequest<T> request = new PictureRequest<>(use);
    Job job = running;
    if (job != null && isSame(job.sample, sample) && job.requests != null) {
      job.requests.add(request);
      return request.result;
    }
    job = waiting;
    if (job != null && isSame(job.sample, sample)) {
      requireRequests(job).add(request);
      return request.result;
    }
    Optional<PictureDecoderProvider> provider = decoders.of(sample.track().parameters());
    if (provider.isEmpty()) {
      refuse(sample.track());
      return CompletableFuture.failedStage(new PictureException("no decoder"));
    }
    if (job != null) {
      skipped.add(1);
      job.release();
      job.fail(new CancellationException("a newer picture came"));
    }
    Job next = new Job(sample.keep(), provider.get());
    requireRequests(next).add(request);
    waiting = next;
    if (running == null) {
      // At the end of this turn, so that all nodes that want the picture have asked.
      loop.execute(this::startNext);
    }
    return request.result;
  }

  private <T> CompletionStage<T> convert(Picture picture, Function<Picture, T> use) {
    CompletableFuture<T> result = new CompletableFuture<>();
    context
        .workers()
        .submit(() -> use.apply(picture), options.deadline())
        .whenCompleteAsync((value, failure) -> complete(result, value, failure), loop);
    return result;
  }

  private static <T> void complete(
      CompletableFuture<T> result, T value, @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(failure);
    }
  }

  private void startNext() {
    Job job = waiting;
    if (running != null || job == null) {
      return;
    }
    waiting = null;
    running = job;
    List<PictureRequest<?>> requests = requireRequests(job);
    job.requests = null;
    boolean keep = keeps;
    context
        .workers()
        .submit(() -> decode(job, requests, keep), options.deadline())
        .whenCompleteAsync((result, failure) -> ended(job, requests, result, failure), loop);
  }

  /** Decodes a picture for all who asked; called on a worker thread. */
  private Decoded decode(Job job, List<PictureRequest<?>> requests, boolean keep)
      throws PictureException {
    EncodedPicture encoded = job.encoded();
    return decoders.decode(
        job.provider,
        encoded,
        picture -> {
          requests.forEach(request -> request.apply(picture));
          return new Decoded(keep ? picture.copy() : null);
        });
  }

  private void ended(
      Job job,
      List<PictureRequest<?>> requests,
      @Nullable Decoded result,
      @Nullable Throwable failure) {
    running = null;
    job.release();
    if (result == null) {
      failed.add(1);
      warnFailed(job, failure);
      requests.forEach(request -> request.fail(String.valueOf(failure)));
    } else {
      decoded.add(1);
      if (result.copy() != null) {
        keep(job.sample, result.copy());
      }
      requests.forEach(PictureRequest::deliver);
    }
    startNext();
  }

  private void keep(Sample sample, Picture picture) {
    kept.addLast(new Kept(sample, picture));
    if (kept.size() > MAXIMUM_KEPT) {
      kept.removeFirst();
    }
  }

  private static boolean isSame(Sample one, Sample other) {
    return one.track().id() == other.track().id()
        && one.decodeTime() == other.decodeTime()
        && one.utcNanos() == other.utcNanos();
  }

  /** Reports once per track that no decoder supports it; recording goes on without analysis. */
  private void refuse(Track track) {
    if (track.equals(refused)) {
      return;
    }
    refused = track;
    String reason =
        "no installed decoder takes "
            + track.parameters().codec()
            + ": motion detection and extensions see no pictures, recording goes on. Add the"
            + " artifact io.lva:lva-decode-ffmpeg, or set the camera to H.264, progressive, 4:2:0";
    LOGGER.log(System.Logger.Level.WARNING, context.instanceName() + ": " + reason);
    context.publish(new GraphEvent.MediaFormatError("noPictureDecoder", reason));
  }

  private void warnFailed(Job job, @Nullable Throwable failure) {
    if (!warnedFailed) {
      warnedFailed = true;
      LOGGER.log(
          System.Logger.Level.WARNING,
          "{0}: a picture was not decoded by {1}: {2}; further ones are counted only",
          context.instanceName(),
          job.provider.name(),
          failure);
    }
  }

  private static List<PictureRequest<?>> requireRequests(Job job) {
    List<PictureRequest<?>> requests = job.requests;
    if (requests == null) {
      throw new IllegalStateException("the picture is being decoded");
    }
    return requests;
  }

  @Override
  public void close() {
    kept.clear();
    Job job = waiting;
    waiting = null;
    if (job != null) {
      job.release();
      job.fail(new CancellationException("the session has ended"));
    }
  }

  /** A sample on its way to a decoder. */
  private static final class Job {
    final Sample sample;
    final PictureDecoderProvider provider;

    /** Who asked; null once a worker has them. */
    @Nullable List<PictureRequest<?>> requests = new ArrayList<>();

    @GuardedBy("this")
    private boolean released;

    Job(Sample sample, PictureDecoderProvider provider) {
      this.sample = sample;
      this.provider = provider;
    }

    /** Reads the sample on a worker, unless the deadline has passed and it was given back. */
    synchronized EncodedPicture encoded() throws PictureException {
      if (released) {
        throw new CancellationException("too late");
      }
      return EncodedPicture.of(sample);
    }

    synchronized void release() {
      if (!released) {
        released = true;
        sample.release();
      }
    }

    void fail(RuntimeException reason) {
      requireRequests(this).forEach(request -> request.fail(String.valueOf(reason.getMessage())));
    }
  }

  /** What one node wants from a picture. */
  private static final class PictureRequest<T> {
    final CompletableFuture<T> result = new CompletableFuture<>();
    private final Function<Picture, T> use;
    private volatile @Nullable T value;
    private volatile @Nullable Throwable failure;

    PictureRequest(Function<Picture, T> use) {
      this.use = use;
    }

    /** Called on a worker thread; a fault of one node must not cost the others their picture. */
    void apply(Picture picture) {
      try {
        value = use.apply(picture);
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    void deliver() {
      @Nullable T some = value;
      @Nullable Throwable reason = failure;
      if (some != null) {
        result.complete(some);
      } else {
        result.completeExceptionally(
            reason != null ? reason : new IllegalStateException("no result"));
      }
    }

    void fail(String reason) {
      result.completeExceptionally(new PictureException(reason));
    }
  }
}
