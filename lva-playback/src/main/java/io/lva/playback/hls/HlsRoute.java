package io.lva.playback.hls;

import io.lva.asset.RunSection;
import io.lva.asset.format.Utc;
import io.lva.playback.address.ManifestRange;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.address.RouteArguments;
import io.lva.playback.http.EntityTag;
import io.lva.playback.http.Request;
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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Answers with HLS playlists: {@code manifest(format=m3u8-cmaf,…)} leads to {@code video(…)} and
 * {@code audio(…)}, which list the media.
 *
 * <p>Immutable.
 */
public final class HlsRoute {
  private static final String TYPE = "application/vnd.apple.mpegurl";
  private static final long MOST_AHEAD = 2;
  private static final long TARGETS_TO_WAIT = 3;
  private static final long MOST_SECONDS_TO_WAIT = 20;

  /** Players give up on an address after ten seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

  private final Clock clock;

  /**
   * Creates the route.
   *
   * @param clock tells which ranges have ended
   */
  public HlsRoute(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns whether a format of {@code manifest(format=…)} is one of HLS.
   *
   * @param format as it was asked for
   * @return true for {@code m3u8-cmaf} and {@code m3u8-aapl}
   */
  public static boolean accepts(String format) {
    return format.equalsIgnoreCase("m3u8-cmaf") || format.equalsIgnoreCase("m3u8-aapl");
  }

  /**
   * Answers {@code manifest(…)}.
   *
   * @param asset what to show
   * @param arguments of the address
   * @return the multivariant playlist, as soon as every player can start with what it leads to, or
   *     after 8 s
   * @throws IOException when the store fails
   * @throws PlaybackException with status 400 for a malformed range, 404 when nothing is recorded
   *     in it, 503 when too many requests wait already
   */
  public CompletionStage<Response> multivariant(PlayableAsset asset, RouteArguments arguments)
      throws IOException {
    ManifestRange range = ManifestRange.of(arguments, Utc.instant(clock.utcNanos()));
    Response known = multivariant(asset, range);
    if (!asset.state().growsIn(range) || suitsEveryPlayer(asset, range)) {
      return CompletableFuture.completedFuture(known);
    }
    return asset.await(
        () ->
            suitsEveryPlayer(asset, range)
                ? Optional.of(multivariant(asset, range))
                : Optional.empty(),
        () -> multivariant(asset, range),
        Waiting.FIRST_FRAGMENT);
  }

  private static boolean suitsEveryPlayer(PlayableAsset asset, ManifestRange range) {
    return Stream.of(TrackKind.values())
        .map(kind -> current(asset, range, kind))
        .anyMatch(MediaView::suitsEveryPlayer);
  }

  private static Response multivariant(PlayableAsset asset, ManifestRange range) {
    try {
      boolean grows = asset.state().growsIn(range);
      List<RunSection> sections =
          grows ? RangeLine.growing(asset, range) : RangeLine.sections(asset, range);
      if (sections.isEmpty()) {
        throw nothing();
      }
      return playlist(MultivariantPlaylist.write(sections, grows, range.arguments() + ".m3u8"));
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  /**
   * Answers {@code video(…)} and {@code audio(…)}.
   *
   * @param asset what to show
   * @param kind the track
   * @param arguments of the address
   * @param request may ask to wait for a fragment or part that is still to come
   * @return the media playlist
   * @throws IOException when the store fails
   * @throws PlaybackException with status 400 for a malformed range, or a malformed or far-off
   *     {@code _HLS_msn} or {@code _HLS_part}; 404 when nothing is recorded in the range; 503 when
   *     too many requests wait already
   */
  public CompletionStage<Response> media(
      PlayableAsset asset, TrackKind kind, RouteArguments arguments, Request request)
      throws IOException {
    Instant now = Utc.instant(clock.utcNanos());
    ManifestRange range = ManifestRange.of(arguments, now);
    boolean grows = asset.state().growsIn(range);
    if (!grows && !asset.isFollowed(range, kind)) {
      return CompletableFuture.completedFuture(recorded(asset, range, kind));
    }
    if (grows
        && range.end().filter(end -> !end.isAfter(now)).isPresent()
        && !asset.isFollowed(range, kind)) {
      return awaitEnd(asset, range, kind);
    }
    return following(asset, range, kind, request);
  }

  /**
   * Waits for the fragment that contains the end of a range that is over: it is about to be
   * complete, and a complete playlist suits all players.
   */
  private static CompletionStage<Response> awaitEnd(
      PlayableAsset asset, ManifestRange range, TrackKind kind) {
    return asset.await(
        () -> ifComplete(asset, range, kind),
        () -> playlist(nonEmpty(current(asset, range, kind)), /* delta= */ false),
        LONGEST_WAIT);
  }

  private static Optional<Response> ifComplete(
      PlayableAsset asset, ManifestRange range, TrackKind kind) {
    try {
      return asset.state().growsIn(range)
          ? Optional.empty()
          : Optional.of(recorded(asset, range, kind));
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  private static CompletionStage<Response> following(
      PlayableAsset asset, ManifestRange range, TrackKind kind, Request request)
      throws IOException {
    MediaView window = asset.view(range, kind);
    if (!window.isPlayable()) {
      return awaitFirst(asset, range, kind);
    }
    boolean delta =
        request.parameter("_hls_skip").filter(skip -> skip.matches("(?i)YES|v2")).isPresent();
    Optional<Long> number = number(request, "_HLS_msn");
    Optional<Long> part = number(request, "_HLS_part");
    if (number.isEmpty()) {
      if (part.isPresent()) {
        throw PlaybackException.badRequest("_HLS_part needs _HLS_msn");
      }
      return CompletableFuture.completedFuture(playlist(window, delta));
    }
    if (number.get() > window.nextNumber() + MOST_AHEAD) {
      throw PlaybackException.badRequest("_HLS_msn is far ahead of the recording");
    }
    long wanted = number.get();
    int index = part.map(value -> (int) Math.min(value, Integer.MAX_VALUE)).orElse(-1);
    return asset.await(
        () ->
            Optional.of(current(asset, range, kind))
                .filter(now -> now.has(wanted, index))
                .map(now -> playlist(now, delta)),
        () -> playlist(current(asset, range, kind), delta),
        longestWait(window));
  }

  /**
   * Waits until something can be listed. For a portion, that is a whole fragment, because its parts
   * are not listed.
   */
  private static CompletionStage<Response> awaitFirst(
      PlayableAsset asset, ManifestRange range, TrackKind kind) throws IOException {
    if (RangeLine.growing(asset, range).stream().noneMatch(open -> kind.in(open).isPresent())) {
      throw nothing();
    }
    return asset.await(
        () ->
            Optional.of(current(asset, range, kind))
                .filter(MediaView::isPlayable)
                .map(view -> playlist(view, /* delta= */ false)),
        () -> playlist(nonEmpty(current(asset, range, kind)), /* delta= */ false),
        Waiting.FIRST_FRAGMENT);
  }

  private static Duration longestWait(MediaView view) {
    long seconds = TARGETS_TO_WAIT * view.numbering().targetSeconds();
    return Duration.ofSeconds(Math.min(seconds, MOST_SECONDS_TO_WAIT));
  }

  private static MediaView current(PlayableAsset asset, ManifestRange range, TrackKind kind) {
    try {
      return asset.view(range, kind);
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  private static MediaView nonEmpty(MediaView window) {
    if (!window.isPlayable()) {
      throw nothing();
    }
    return window;
  }

  private static Response recorded(PlayableAsset asset, ManifestRange range, TrackKind kind)
      throws IOException {
    return playlist(nonEmpty(RangeLine.view(asset, range, kind)), /* delta= */ false);
  }

  private static PlaybackException nothing() {
    return PlaybackException.notFound("nothing is recorded in this range");
  }

  private static Response playlist(MediaView view, boolean delta) {
    return playlist(
        delta
            ? view.text("hls-delta", MediaPlaylistWriter::writeDelta)
            : view.text("hls", MediaPlaylistWriter::write));
  }

  private static Response playlist(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Response.bytes(200, TYPE, content)
        .with("ETag", EntityTag.of(content))
        .with("Cache-Control", "no-cache");
  }

  private static Optional<Long> number(Request request, String name) {
    Function<String, Long> parse =
        text -> {
          if (!text.matches("[0-9]{1,15}")) {
            throw PlaybackException.badRequest(name + " is not a number");
          }
          return Long.parseLong(text);
        };
    return request.parameter(name.toLowerCase(Locale.ROOT)).map(parse);
  }
}
