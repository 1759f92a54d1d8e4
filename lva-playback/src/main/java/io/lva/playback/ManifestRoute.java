package io.lva.playback;

import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.store.TimeRange;
import io.lva.asset.store.Utc;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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
    ManifestRange range = ManifestRange.of(arguments, Utc.instant(clock.utcNanos()));
    if (range.end().isPresent() || !asset.isRecorded()) {
      return CompletableFuture.completedFuture(recorded(asset, range));
    }
    LiveWindow window = asset.window(range.start());
    if (window.isEmpty()) {
      throw nothing();
    }
    boolean delta =
        request.parameter("_hls_skip").filter(skip -> skip.matches("(?i)YES|v2")).isPresent();
    Optional<Long> number = number(request, "_hls_msn");
    Optional<Long> part = number(request, "_hls_part");
    if (number.isEmpty()) {
      if (part.isPresent()) {
        throw PlaybackException.badRequest("_HLS_part needs _HLS_msn");
      }
      return CompletableFuture.completedFuture(playlist(window.text(delta)));
    }
    return await(asset, range.start(), number.get(), part, delta);
  }

  private static CompletionStage<Response> await(
      PlayableAsset asset, Optional<Instant> since, long number, Optional<Long> part, boolean delta)
      throws IOException {
    LiveWindow window = asset.window(since);
    if (number > window.nextNumber() + MOST_AHEAD) {
      throw PlaybackException.badRequest("_HLS_msn is far ahead of the recording");
    }
    OptionalInt index =
        part.map(value -> OptionalInt.of((int) (long) value)).orElse(OptionalInt.empty());
    CompletableFuture<Response> answer =
        asset
            .waiting()
            .await(
                () ->
                    Optional.of(current(asset, since))
                        .filter(now -> now.has(number, index))
                        .map(now -> playlist(now.text(delta))),
                () -> playlist(current(asset, since).text(delta)),
                window.longestWait());
    if (!answer.isDone() && asset.edge().isEmpty()) {
      asset.waiting().look();
    }
    return answer;
  }

  private static LiveWindow current(PlayableAsset asset, Optional<Instant> since) {
    try {
      return asset.window(since);
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
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
    return request.parameter(name).map(parse);
  }
}
