package io.lva.playback;

import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.format.TimeRange;
import io.lva.asset.format.Utc;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers with playlists: {@code manifest(format=m3u8-cmaf,…)} leads to {@code video(…)}, which
 * lists the media.
 *
 * <p>Immutable.
 */
final class ManifestRoute {
  private static final String TYPE = "application/vnd.apple.mpegurl";
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");
  private static final long MOST_AHEAD = 2;

  /** Players give up an address after ten seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

  private final Clock clock;

  ManifestRoute(Clock clock) {
    this.clock = clock;
  }

  /** Answers {@code manifest(…)}. */
  Response multivariant(PlayableAsset asset, RouteArguments arguments) throws IOException {
    checkFormat(arguments);
    ManifestRange range = ManifestRange.of(arguments, Utc.instant(clock.utcNanos()));
    List<RunSection> sections = sections(asset, range);
    if (sections.isEmpty()) {
      throw nothing();
    }
    return playlist(MultivariantPlaylist.write(sections, "video" + range.arguments() + ".m3u8"));
  }

  private static void checkFormat(RouteArguments arguments) {
    String format = arguments.value("format").orElse("");
    if (!format.equalsIgnoreCase("m3u8-cmaf") && !format.equalsIgnoreCase("m3u8-aapl")) {
      throw PlaybackException.badRequest(
          "format must be m3u8-cmaf: manifest(format=m3u8-cmaf).m3u8");
    }
  }

  /** Answers {@code video(…)}. */
  CompletionStage<Response> media(PlayableAsset asset, RouteArguments arguments, Request request)
      throws IOException {
    Instant now = Utc.instant(clock.utcNanos());
    ManifestRange range = ManifestRange.of(arguments, now);
    boolean grows = asset.state().growsIn(range);
    if (!grows && !asset.isFollowed(range)) {
      return CompletableFuture.completedFuture(recorded(asset, range));
    }
    if (grows
        && range.end().filter(end -> !end.isAfter(now)).isPresent()
        && !asset.isFollowed(range)) {
      return awaitEnd(asset, range);
    }
    return following(asset, range, request);
  }

  /**
   * Waits for the fragment with the end of a range that is over. It is about to be complete, and
   * all players like a playlist best that is.
   */
  private static CompletionStage<Response> awaitEnd(PlayableAsset asset, ManifestRange range) {
    return await(
        asset,
        () -> ifComplete(asset, range),
        () -> playlist(nonEmpty(current(asset, range)).text(false)),
        LONGEST_WAIT);
  }

  private static Optional<Response> ifComplete(PlayableAsset asset, ManifestRange range) {
    try {
      return asset.state().growsIn(range) ? Optional.empty() : Optional.of(recorded(asset, range));
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  private static CompletionStage<Response> following(
      PlayableAsset asset, ManifestRange range, Request request) throws IOException {
    LiveWindow window = nonEmpty(asset.window(range));
    boolean delta =
        request.parameter("_hls_skip").filter(skip -> skip.matches("(?i)YES|v2")).isPresent();
    Optional<Long> number = number(request, "_HLS_msn");
    Optional<Long> part = number(request, "_HLS_part");
    if (number.isEmpty()) {
      if (part.isPresent()) {
        throw PlaybackException.badRequest("_HLS_part needs _HLS_msn");
      }
      return CompletableFuture.completedFuture(playlist(window.text(delta)));
    }
    if (number.get() > window.nextNumber() + MOST_AHEAD) {
      throw PlaybackException.badRequest("_HLS_msn is far ahead of the recording");
    }
    long wanted = number.get();
    OptionalInt index =
        part.map(value -> OptionalInt.of((int) Math.min(value, Integer.MAX_VALUE)))
            .orElse(OptionalInt.empty());
    return await(
        asset,
        () ->
            Optional.of(current(asset, range))
                .filter(now -> now.has(wanted, index))
                .map(now -> playlist(now.text(delta))),
        () -> playlist(current(asset, range).text(delta)),
        window.longestWait());
  }

  private static CompletionStage<Response> await(
      PlayableAsset asset,
      Supplier<Optional<Response>> question,
      Supplier<Response> lastAnswer,
      Duration longest) {
    CompletableFuture<Response> answer = asset.waiting().await(question, lastAnswer, longest);
    if (!answer.isDone() && asset.edge().isEmpty()) {
      asset.waiting().look();
    }
    return answer;
  }

  private static LiveWindow current(PlayableAsset asset, ManifestRange range) {
    try {
      return asset.window(range);
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  private static LiveWindow nonEmpty(LiveWindow window) {
    if (window.isEmpty()) {
      throw nothing();
    }
    return window;
  }

  private static Response recorded(PlayableAsset asset, ManifestRange range) throws IOException {
    Line line = new Line();
    for (RunSection section : sections(asset, range)) {
      for (Fragment fragment : section.master().fragments()) {
        line.add(fragment);
      }
    }
    if (line.isEmpty()) {
      throw nothing();
    }
    return playlist(MediaPlaylistWriter.write(MediaPlaylist.recorded(line.fragments())));
  }

  private static List<RunSection> sections(PlayableAsset asset, ManifestRange range)
      throws IOException {
    if (range.start().isPresent()) {
      return asset.reader().sections(range.start().get(), range.end().orElse(FAR));
    }
    Optional<TimeRange> span = asset.reader().span();
    return span.isEmpty()
        ? List.of()
        : asset.reader().sections(span.get().end().minus(ManifestRange.NEWEST), FAR);
  }

  private static PlaybackException nothing() {
    return PlaybackException.notFound("nothing is recorded in this range");
  }

  private static Response playlist(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Response.bytes(200, TYPE, content)
        .with("ETag", PageResources.tag(content))
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
