package io.lva.rtsp.session;

import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.Track;
import io.lva.rtp.ReceiverStatistics;
import io.lva.rtp.SessionReceiver;
import io.lva.rtsp.ProbeReport;
import io.lva.rtsp.RtspException;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.SeenDeviation;
import io.lva.sdp.MediaDescription;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SessionDescription;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One running probe.
 *
 * <p>Confined to its media loop.
 */
public final class ProbeRun implements CameraClient.Events {
  private static final long MEMORY_BYTES = 64L << 20;
  private static final Duration HOLD = Duration.ofSeconds(3);

  private final MediaLoop loop;
  private final RtspOptions options;
  private final ProbeMeter meter;
  private final SessionReceiver receiver;
  private final CameraClient client;
  private final CompletableFuture<ProbeReport> result = new CompletableFuture<>();
  private final Duration limit;
  private Optional<SessionDetails> details = Optional.empty();
  private Optional<MediaLoop.Timer> timer = Optional.empty();
  private boolean finished;

  /**
   * Prepares a probe.
   *
   * @param loop to run on
   * @param options where the camera is
   * @param connector opens its connections, on the loop
   * @param media how much media to watch, in media time
   */
  public ProbeRun(MediaLoop loop, RtspOptions options, RtspConnector connector, Duration media) {
    this.loop = loop;
    this.options = options;
    this.limit = media.plus(HOLD).plus(options.mediaTimeout());
    this.meter = new ProbeMeter(media.toNanos(), () -> loop.execute(this::finish));
    this.receiver =
        new SessionReceiver(ReceiverChoice.of(options), SlabPool.ofBytes(MEMORY_BYTES), meter);
    this.client = new CameraClient(options, connector, receiver, loop, this);
  }

  /**
   * Begins the probe.
   *
   * @return a stage that completes on the loop, with the report, or exceptionally with {@link
   *     RtspException} when the camera did not describe its session
   */
  public CompletionStage<ProbeReport> start() {
    loop.execute(client::connect);
    return result.minimalCompletionStage();
  }

  @Override
  public void described(SessionDetails session) {
    loop.assertInLoop();
    details = Optional.of(session);
  }

  @Override
  public void playing() {
    loop.assertInLoop();
    timer = Optional.of(loop.schedule(limit, this::finish));
  }

  @Override
  public void received(int sizeBytes) {
    loop.assertInLoop();
  }

  @Override
  public void failed(RtspFailure failure) {
    loop.assertInLoop();
    if (!finished && meter.any()) {
      finish();
    } else if (!finished) {
      end();
      complete(failure);
    }
  }

  /**
   * Reports on a camera that has described its session, including what keeps it from being played;
   * without a description the probe fails.
   */
  private void complete(RtspFailure failure) {
    if (details.isPresent()) {
      result.complete(report(Optional.of(failure)));
    } else {
      result.completeExceptionally(new RtspException(failure));
    }
  }

  private void end() {
    finished = true;
    timer.ifPresent(MediaLoop.Timer::cancel);
  }

  /** Closes the connection and then reports, so that nothing is left behind. */
  private void finish() {
    loop.assertInLoop();
    if (finished) {
      return;
    }
    end();
    client
        .stop()
        .whenComplete(
            (nothing, error) -> {
              if (meter.any()) {
                result.complete(report(Optional.empty()));
              } else {
                SessionFailures failures = new SessionFailures(options.url());
                List<SeenDeviation> hints = receiver.statistics().deviations();
                complete(failures.noPicture(limit, hints));
              }
            });
  }

  private ProbeReport report(Optional<RtspFailure> failure) {
    ReceiverStatistics statistics = receiver.statistics();
    List<SeenDeviation> deviations = new ArrayList<>(client.deviations());
    deviations.addAll(statistics.deviations());
    return new ProbeReport(
        options.url().toString(),
        details.flatMap(SessionDetails::server),
        client.transport().toString().toLowerCase(Locale.ROOT),
        details.map(SessionDetails::sdp).orElse(""),
        details
            .map(SessionDetails::description)
            .map(found -> tracks(found, statistics))
            .orElse(List.of()),
        deviations,
        meter.measured(statistics.lostPackets()),
        failure);
  }

  private List<ProbeReport.Track> tracks(
      SessionDescription description, ReceiverStatistics statistics) {
    List<ProbeReport.Track> tracks = new ArrayList<>();
    for (MediaDescription media : description.media()) {
      Optional<Track> received = meter.track(tracks.size());
      boolean video = received.filter(track -> track.mediaType() == MediaType.VIDEO).isPresent();
      tracks.add(
          track(
              tracks.size(), media, received, video ? Optional.of(statistics) : Optional.empty()));
    }
    return tracks;
  }

  private static ProbeReport.Track track(
      int id,
      MediaDescription media,
      Optional<Track> received,
      Optional<ReceiverStatistics> statistics) {
    Optional<RtpMap> map =
        TrackSetup.receivable(media)
            .or(() -> media.payloadTypes().stream().findFirst().flatMap(media::rtpMap));
    Optional<CodecParameters> parameters = received.map(Track::parameters);
    return new ProbeReport.Track(
        id,
        media.mediaType().map(MediaType::text).orElse(media.type()),
        map.map(RtpMap::encoding),
        parameters.map(CodecParameters::codec),
        toInt(parameters.map(CodecParameters::width).filter(width -> width > 0)),
        toInt(parameters.map(CodecParameters::height).filter(height -> height > 0)),
        toInt(map.map(RtpMap::clockRate)),
        toInt(map.map(RtpMap::payloadType).or(() -> media.payloadTypes().stream().findFirst())),
        media.control(),
        statistics.map(counted -> counted.parameterSets().text()));
  }

  private static OptionalInt toInt(Optional<Integer> number) {
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
