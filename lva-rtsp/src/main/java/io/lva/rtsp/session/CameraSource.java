package io.lva.rtsp.session;

import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import io.lva.rtp.ReceiverStatistics;
import io.lva.rtp.SessionReceiver;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.SeenDeviation;
import io.lva.spi.Inlet;
import io.lva.spi.MediaAbsence;
import io.lva.spi.MediaLoop;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The RTSP source of a running graph: plays its camera, and reconnects forever.
 *
 * <p>Confined to its media loop.
 */
public final class CameraSource implements NodeRuntime, CameraClient.Events {
  private static final System.Logger LOGGER = System.getLogger(CameraSource.class.getName());
  private static final Duration INSPECTION = Duration.ofSeconds(5);
  private static final Duration PICTURE_PATIENCE = Duration.ofSeconds(30);
  private static final long STABLE_NANOS = Duration.ofSeconds(10).toNanos();

  private final RtspOptions options;
  private final NodeContext context;
  private final MediaLoop loop;
  private final SessionReceiver receiver;
  private final CameraClient client;
  private final Backoff backoff;
  private final Metrics.Counter receivedBytes;
  private final Metrics.Counter connections;
  private final Metrics.Counter failures;
  private final SourceMetrics packets;
  private final MediaAbsence absence;
  private int deviations;
  private Optional<MediaLoop.Timer> inspection = Optional.empty();
  private Optional<MediaLoop.Timer> retry = Optional.empty();
  private Optional<RtspFailure.Kind> reported = Optional.empty();
  private String sdp = "";
  private long playingSinceNanos;
  private long pictureNanos;
  private long pictures;
  private boolean pictureMissed;
  private boolean playing;
  private boolean stopped;

  /**
   * Creates a source that is not connected.
   *
   * @param options where the camera is, and how long to wait for it
   * @param context of the node
   * @param connector opens its connections
   * @param random spreads its attempts over time
   */
  public CameraSource(
      RtspOptions options, NodeContext context, RtspConnector connector, RandomGenerator random) {
    this.options = options;
    this.context = context;
    this.loop = context.loop();
    this.receiver =
        new SessionReceiver(ReceiverChoice.of(options), context.slabs(), context.mediaOutput());
    this.client = new CameraClient(options, connector, receiver, loop, this);
    this.backoff = new Backoff(options.minimumDelay(), options.maximumDelay(), random);
    this.packets = new SourceMetrics(context.metrics());
    this.receivedBytes = context.metrics().counter(MetricNames.RECEIVED_BYTES);
    this.connections = context.metrics().counter(MetricNames.CONNECTIONS);
    this.failures = context.metrics().counter("lva.source.failures");
    this.absence = MediaAbsence.of(context.session());
  }

  /** Returns where the camera is, and how long to wait for it. */
  RtspOptions options() {
    return options;
  }

  @Override
  public List<Inlet> inputs() {
    return List.of();
  }

  @Override
  public void start() {
    loop.execute(this::begin);
  }

  private void begin() {
    loop.assertInLoop();
    inspection = Optional.of(loop.schedule(INSPECTION, this::inspect));
    client.connect();
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return loop.call(() -> end(deadline));
  }

  private CompletionStage<Void> end(Duration deadline) {
    loop.assertInLoop();
    if (stopped) {
      return CompletableFuture.completedStage(null);
    }
    stopped = true;
    retry.ifPresent(MediaLoop.Timer::cancel);
    inspection.ifPresent(MediaLoop.Timer::cancel);
    CompletableFuture<Void> done = new CompletableFuture<>();
    MediaLoop.Timer timer = loop.schedule(deadline, () -> done.complete(null));
    closed()
        .whenComplete(
            (nothing, failure) -> {
              timer.cancel();
              warn("the connection did not close cleanly", failure);
              done.complete(null);
            });
    try {
      receiver.end(GapCause.OPERATOR);
    } catch (RuntimeException e) {
      warn("the end of the media was not taken", e);
    }
    packets.update(receiver.statistics());
    return done;
  }

  private CompletionStage<Void> closed() {
    try {
      return client.stop();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void warn(String what, @Nullable Throwable failure) {
    if (failure != null) {
      LOGGER.log(Level.WARNING, context.instanceName() + ": " + what, failure);
    }
  }

  @Override
  public void described(SessionDetails details) {
    loop.assertInLoop();
    sdp = details.sdp();
  }

  @Override
  public void playing() {
    loop.assertInLoop();
    playing = true;
    playingSinceNanos = loop.clock().nanoTime();
    pictureNanos = playingSinceNanos;
    pictureMissed = false;
    connections.add(1);
    reported = Optional.empty();
    absence.ended();
    LOGGER.log(Level.INFO, "{0}: playing {1}", context.instanceName(), options.url());
    context.publish(new GraphEvent.MediaSessionEstablished(sdp));
  }

  @Override
  public void received(int sizeBytes) {
    loop.assertInLoop();
    receivedBytes.add(sizeBytes);
  }

  @Override
  public void failed(RtspFailure failure) {
    loop.assertInLoop();
    if (stopped) {
      return;
    }
    failures.add(1);
    if (playing && loop.clock().nanoTime() - playingSinceNanos >= STABLE_NANOS) {
      backoff.reset();
    }
    playing = false;
    report(failure);
    boolean refused = failure.kind().gapCause() == GapCause.AUTHENTICATION;
    Duration delay = refused ? backoff.longest() : backoff.next();
    retry = Optional.of(loop.schedule(delay, client::connect));
  }

  /** Publishes the counters, and logs new deviations of the camera in one line. */
  private void inspect() {
    loop.assertInLoop();
    inspection = Optional.of(loop.schedule(INSPECTION, this::inspect));
    ReceiverStatistics statistics = receiver.statistics();
    packets.update(statistics);
    checkPictures(statistics);
    List<SeenDeviation> seen = new ArrayList<>(client.deviations());
    seen.addAll(statistics.deviations());
    packets.updateDeviations(seen);
    if (seen.size() > deviations) {
      deviations = seen.size();
      LOGGER.log(
          Level.INFO,
          "{0}: the camera deviates: {1}",
          context.instanceName(),
          seen.stream().map(SeenDeviation::line).collect(Collectors.joining("; ")));
    }
  }

  /**
   * Reports that a connection plays but yields no sample of the master track: once, until one
   * comes.
   */
  private void checkPictures(ReceiverStatistics statistics) {
    long now = loop.clock().nanoTime();
    if (statistics.masterSamples() != pictures) {
      pictures = statistics.masterSamples();
      pictureNanos = now;
      pictureMissed = false;
      if (playing) {
        absence.ended();
      }
    } else if (playing && !pictureMissed && now - pictureNanos >= PICTURE_PATIENCE.toNanos()) {
      pictureMissed = true;
      report(
          new SessionFailures(options.url()).noPicture(PICTURE_PATIENCE, statistics.deviations()));
    }
  }

  /**
   * Reports a failure. The same failure is reported again only after the camera has played or
   * failed in another way.
   */
  private void report(RtspFailure failure) {
    absence.because(failure.kind().gapCause());
    if (reported.equals(Optional.of(failure.kind()))) {
      return;
    }
    reported = Optional.of(failure.kind());
    String outlook = playing ? "waiting for more" : "trying again for as long as it takes";
    LOGGER.log(Level.WARNING, "{0}: {1}; {2}", context.instanceName(), failure.message(), outlook);
    context.publish(failure.event(options.url().toString()));
  }
}
