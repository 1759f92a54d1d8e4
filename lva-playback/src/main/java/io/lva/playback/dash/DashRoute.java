package io.lva.playback.dash;

import io.lva.asset.format.Utc;
import io.lva.playback.address.ManifestRange;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.address.RouteArguments;
import io.lva.playback.http.EntityTag;
import io.lva.playback.http.Response;
import io.lva.playback.window.MediaView;
import io.lva.playback.window.PlayableAsset;
import io.lva.playback.window.RangeLine;
import io.lva.playback.window.TrackKind;
import io.lva.playback.window.Waiting;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers with DASH manifests: {@code manifest(format=mpd-time-cmaf,…)}.
 *
 * <p>Immutable.
 */
public final class DashRoute {
  private static final String TYPE = "application/dash+xml";

  /**
   * Once its master has this many fragments, a period is listed without waiting for its side track.
   */
  private static final int FRAGMENTS_TO_WAIT = 3;

  private final Clock clock;

  /**
   * Creates the route.
   *
   * @param clock tells which ranges have ended
   */
  public DashRoute(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns whether a format of {@code manifest(format=…)} is one of DASH.
   *
   * @param format as it was asked for
   * @return true for {@code mpd-time-csf} and {@code mpd-time-cmaf}
   */
  public static boolean accepts(String format) {
    return format.equalsIgnoreCase("mpd-time-cmaf") || format.equalsIgnoreCase("mpd-time-csf");
  }

  /**
   * Answers {@code manifest(…)}.
   *
   * @param asset what to show
   * @param arguments of the address; {@code latency=low} announces the fragment that is being
   *     recorded
   * @return the manifest: dynamic while the range grows, static when it is complete; not before the
   *     first fragment is complete, unless this fragment is announced
   * @throws IOException when the store fails
   * @throws PlaybackException with status 400 for a malformed range, 404 when nothing is recorded
   *     in it, 503 when too many requests wait already
   */
  public CompletionStage<Response> answer(PlayableAsset asset, RouteArguments arguments)
      throws IOException {
    ManifestRange range = ManifestRange.of(arguments, now());
    boolean lowLatency = arguments.value("latency").filter("low"::equalsIgnoreCase).isPresent();
    Optional<Response> known = known(asset, range, lowLatency);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    if (!asset.state().growsIn(range) || RangeLine.growing(asset, range).isEmpty()) {
      throw nothing();
    }
    return asset.await(
        () -> current(asset, range, lowLatency),
        () -> current(asset, range, lowLatency).orElseThrow(DashRoute::nothing),
        Waiting.FIRST_FRAGMENT);
  }

  private Optional<Response> current(PlayableAsset asset, ManifestRange range, boolean lowLatency) {
    try {
      return known(asset, range, lowLatency);
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  private Instant now() {
    return Utc.instant(clock.utcNanos());
  }

  private static PlaybackException nothing() {
    return PlaybackException.notFound("nothing is recorded in this range");
  }

  /** Returns the manifest of the fragments so far; empty when there is nothing to list. */
  private Optional<Response> known(PlayableAsset asset, ManifestRange range, boolean lowLatency)
      throws IOException {
    boolean grows = asset.state().growsIn(range);
    boolean followed = grows || asset.isFollowed(range, TrackKind.VIDEO);
    MediaView video = view(asset, range, TrackKind.VIDEO, followed);
    MediaView audio = view(asset, range, TrackKind.AUDIO, followed);
    Duration part = longestPart(video, audio);
    boolean announces = grows && lowLatency && !part.isZero();
    if (announces) {
      video = video.announced();
      audio = audio.announced();
    }
    List<DashPeriod> periods =
        video.isEmpty() ? DashPeriod.of(audio, video) : DashPeriod.of(video, audio);
    if (grows && !begun(periods, audio)) {
      periods = periods.subList(0, periods.size() - 1);
    }
    if (periods.isEmpty()) {
      return Optional.empty();
    }
    if (announces) {
      return Optional.of(manifest(MpdWriter.writeLowLatency(periods, now(), part)));
    }
    return Optional.of(
        manifest(grows ? MpdWriter.writeDynamic(periods, now()) : MpdWriter.writeStatic(periods)));
  }

  private static Duration longestPart(MediaView video, MediaView audio) {
    return Duration.ofMillis(
        Math.max(video.numbering().partMillis(), audio.numbering().partMillis()));
  }

  private static MediaView view(
      PlayableAsset asset, ManifestRange range, TrackKind kind, boolean followed)
      throws IOException {
    return followed ? asset.view(range, kind) : RangeLine.view(asset, range, kind);
  }

  /** Returns whether all tracks of the newest period have begun. */
  private static boolean begun(List<DashPeriod> periods, MediaView audio) {
    if (periods.size() < 2 || audio.isEmpty()) {
      return true;
    }
    DashPeriod newest = periods.get(periods.size() - 1);
    return !newest.side().isEmpty() || newest.master().size() >= FRAGMENTS_TO_WAIT;
  }

  private static Response manifest(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Response.bytes(200, TYPE, content)
        .with("ETag", EntityTag.of(content))
        .with("Cache-Control", "no-cache");
  }
}
