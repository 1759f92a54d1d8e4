package io.lva.playback;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.LivePart;
import io.lva.asset.RunSection;
import io.lva.asset.Stretch;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.InitSegment;
import io.lva.playback.address.ManifestRange;
import io.lva.playback.address.MediaAddress;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.http.Response;
import io.lva.playback.window.LiveEdge;
import io.lva.playback.window.LiveRow;
import io.lva.playback.window.PlayableAsset;
import io.lva.playback.window.SegmentRef;
import io.lva.playback.window.TrackKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers with media: fragments, parts, and initialization segments.
 *
 * <p>Thread-safe.
 */
final class MediaRoute {
  private static final String TYPE = "video/mp4";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);
  private static final int INITS_KEPT = 256;
  private static final Duration NEXT_INSTANT = Duration.ofMillis(1);

  private final Map<String, byte[]> inits =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > INITS_KEPT;
        }
      };

  private final MediaMemory memory;
  private final Executor readers;

  /**
   * Makes the route.
   *
   * @param memory for media of stores that are not on a disk
   * @param readers continue answers that have waited for what is recorded; their threads may block
   */
  MediaRoute(MediaMemory memory, Executor readers) {
    this.memory = memory;
    this.readers = readers;
  }

  CompletionStage<Response> answer(PlayableAsset asset, MediaAddress address) throws IOException {
    return switch (address.kind()) {
      case FRAGMENT -> fragment(asset, address);
      case INIT -> CompletableFuture.completedFuture(init(asset, address));
      case PART -> part(asset, address);
    };
  }

  private CompletionStage<Response> fragment(PlayableAsset asset, MediaAddress address)
      throws IOException {
    Fragment fragment =
        find(asset, address)
            .orElseThrow(() -> PlaybackException.notFound("there is no such fragment"));
    return media(asset, address, fragment, fragment.offset(), fragment.lengthBytes());
  }

  /** Answers with a fragment by its time; one under construction is sent as it is recorded. */
  CompletionStage<Response> answer(PlayableAsset asset, MediaAddress.ByTime address)
      throws IOException {
    Optional<Fragment> growing = growing(asset, address);
    if (growing.isPresent()) {
      GrowingFragment body = new GrowingFragment(this, asset, byNumber(growing.get()));
      return CompletableFuture.completedFuture(
          new Response(200, Map.of("Content-Type", TYPE), body).with("Cache-Control", "no-store"));
    }
    Fragment fragment =
        find(asset, address)
            .orElseThrow(() -> PlaybackException.notFound("there is no such fragment"));
    return media(asset, byNumber(fragment), fragment, fragment.offset(), fragment.lengthBytes());
  }

  private static MediaAddress byNumber(Fragment fragment) {
    return new MediaAddress(
        Utc.day(fragment.segment().start()),
        fragment.run(),
        fragment.sequence(),
        fragment.track().id(),
        MediaAddress.Kind.FRAGMENT,
        fragment.number(),
        /* init= */ "");
  }

  private static Optional<Fragment> growing(PlayableAsset asset, MediaAddress.ByTime address) {
    return asset
        .edge()
        .flatMap(LiveEdge::open)
        .flatMap(row -> row.growing(address.trackId()))
        .filter(fragment -> isAt(fragment, address));
  }

  private static boolean isAt(Fragment fragment, MediaAddress.ByTime address) {
    return fragment.run().equals(address.run())
        && fragment.track().timescale() == address.timescale()
        && fragment.startTicks() == address.startTicks();
  }

  private static Optional<Fragment> find(PlayableAsset asset, MediaAddress.ByTime address)
      throws IOException {
    Instant start = Utc.instant(address.startTicks(), address.timescale());
    List<Fragment> near =
        new ArrayList<>(
            asset.reader().fragments(start, start.plus(NEXT_INSTANT), address.trackId()));
    asset.lastEdge().ifPresent(edge -> near.addAll(edge.completeFragments(address.trackId())));
    return near.stream().filter(fragment -> isAt(fragment, address)).findFirst();
  }

  /** Looks at the edge for fragments completed a moment ago, and in the reader for all others. */
  static Optional<Fragment> find(PlayableAsset asset, MediaAddress address) throws IOException {
    Optional<LiveRow> live =
        asset.lastEdge().flatMap(edge -> edge.find(address.run(), address.sequence()));
    if (live.isPresent()) {
      Optional<SegmentRow> row = live.get().completeRow();
      Optional<TrackRow> track = row.flatMap(found -> track(found, address.trackId()));
      if (track.isPresent() && address.number() < track.get().fragments().count()) {
        return Optional.of(new Fragment(row.get(), track.get(), address.number()));
      }
    }
    Instant near = address.day().atStartOfDay().toInstant(ZoneOffset.UTC);
    return asset
        .reader()
        .fragment(address.run(), address.sequence(), address.trackId(), address.number(), near);
  }

  private static Optional<TrackRow> track(SegmentRow row, int trackId) {
    return row.tracks().stream().filter(track -> track.id() == trackId).findFirst();
  }

  private CompletionStage<Response> media(
      PlayableAsset asset, MediaAddress address, Fragment fragment, long offset, int lengthBytes)
      throws IOException {
    return body(asset.reader(), fragment, offset, lengthBytes)
        .thenApply(
            found -> {
              Response.Body body =
                  found.orElseThrow(() -> PlaybackException.notFound("the track has nothing here"));
              return new Response(200, Map.of("Content-Type", TYPE), body)
                  .with("ETag", address.entityTag(body.size().orElseThrow()))
                  .with("Cache-Control", FOR_EVER);
            });
  }

  /**
   * Returns what players get of a stretch of a file; empty when the track has nothing there. Media
   * from a store that is not on a disk is read once there is memory for it.
   */
  CompletionStage<Optional<Response.Body>> body(
      AssetReader reader, Fragment fragment, long offset, int lengthBytes) throws IOException {
    Stretch stretch = reader.stretch(fragment, offset, lengthBytes);
    Optional<StoredFile> near = stretch.openOnDisk();
    if (near.isPresent()) {
      try (StoredFile file = near.get()) {
        return CompletableFuture.completedFuture(
            TrackKind.isConverted(fragment.track())
                ? converted(reader, fragment, file, offset, lengthBytes)
                : body(stretch, fragment, file, offset, lengthBytes, () -> {}));
      }
    }
    return memory
        .take(stretch.memoryBytes())
        .thenApply(
            reservation -> remote(reader, stretch, fragment, offset, lengthBytes, reservation));
  }

  private static Optional<Response.Body> remote(
      AssetReader reader,
      Stretch stretch,
      Fragment fragment,
      long offset,
      int lengthBytes,
      MediaMemory.Reservation reservation) {
    boolean holds = false;
    try {
      if (TrackKind.isConverted(fragment.track())) {
        try (StoredFile file = stretch.open()) {
          return converted(reader, fragment, file, offset, lengthBytes);
        }
      }
      try (StoredFile file = stretch.openHeads()) {
        Optional<Response.Body> body =
            body(stretch, fragment, file, offset, lengthBytes, reservation::close);
        holds = body.isPresent();
        return body;
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    } finally {
      if (!holds) {
        reservation.close();
      }
    }
  }

  private static Optional<Response.Body> converted(
      AssetReader reader, Fragment fragment, StoredFile file, long offset, int lengthBytes)
      throws IOException {
    InitSegment init = reader.init(fragment);
    return FlacMedia.convert(file, init, offset, lengthBytes, fragment.baseTicks())
        .map(Response.Body::of);
  }

  private static Optional<Response.Body> body(
      Stretch stretch,
      Fragment fragment,
      StoredFile file,
      long offset,
      int lengthBytes,
      Runnable release)
      throws IOException {
    MediaPieces pieces =
        MediaPieces.find(file, offset, lengthBytes, fragment.track().id(), fragment.baseTicks());
    return pieces.isEmpty()
        ? Optional.empty()
        : Optional.of(new MediaBody(stretch::open, pieces, release));
  }

  private CompletionStage<Response> part(PlayableAsset asset, MediaAddress address) {
    Optional<LiveEdge> edge = asset.lastEdge();
    Optional<LiveRow> row = edge.flatMap(live -> live.find(address.run(), address.sequence()));
    if (row.isEmpty() || track(row.get().row(), address.trackId()).isEmpty()) {
      throw PlaybackException.notFound("there is no such part, or no longer");
    }
    if (row.get().part(address.trackId(), address.number()).isEmpty()
        && address.number() > row.get().partCount(address.trackId())) {
      throw PlaybackException.notFound("there is no such part yet");
    }
    return await(
            asset,
            () -> partNow(asset, address),
            () -> answer(Response.error(404, "the part was not recorded in time")),
            LONGEST_WAIT)
        .thenCompose(PendingResponse::give);
  }

  /**
   * Waits until media has been recorded, then reads it. An answer that has waited is continued on a
   * reader thread: a slow store holds up neither the thread that announces the media nor the others
   * that wait for it.
   */
  <T> CompletableFuture<T> await(
      PlayableAsset asset,
      Supplier<Optional<T>> question,
      Supplier<T> lastAnswer,
      Duration longest) {
    CompletableFuture<T> answer = asset.await(question, lastAnswer, longest);
    return answer.isDone() ? answer : answer.thenApplyAsync(Function.identity(), readers);
  }

  /** A response that takes memory and opens files only once it is asked for. */
  @FunctionalInterface
  private interface PendingResponse {
    CompletionStage<Response> give();
  }

  private static PendingResponse answer(Response response) {
    return () -> CompletableFuture.completedFuture(response);
  }

  /** Returns the answer once the part is there or will never be; empty until then. */
  private Optional<PendingResponse> partNow(PlayableAsset asset, MediaAddress address) {
    LiveEdge edge =
        asset.lastEdge().orElseThrow(() -> PlaybackException.notFound("there is no such part"));
    LiveRow row =
        edge.find(address.run(), address.sequence())
            .orElseThrow(() -> PlaybackException.notFound("there is no such part any more"));
    Optional<LivePart> part = row.part(address.trackId(), address.number());
    if (part.isPresent()) {
      return Optional.of(() -> part(asset, address, row, part.get()));
    }
    if (!row.isClosed()) {
      return Optional.empty();
    }
    // The hint was wrong: the recording went on in the next file.
    Optional<LiveRow> next =
        edge.after(row).filter(other -> other.row().run().equals(row.row().run()));
    return Optional.of(
        answer(
            next.map(other -> redirect(address, other))
                .orElseGet(() -> Response.error(404, "the file ends before this part"))));
  }

  private static Response redirect(MediaAddress address, LiveRow next) {
    StringBuilder location = new StringBuilder("../../../../");
    MediaAddress.appendPart(
        location, SegmentRef.of(next.row()).folder(), address.trackId(), /* number= */ 0);
    return Response.text(307, "text/plain; charset=utf-8", "")
        .with("Location", location.toString())
        .with("Cache-Control", "no-store");
  }

  private CompletionStage<Response> part(
      PlayableAsset asset, MediaAddress address, LiveRow row, LivePart part) {
    TrackRow track = track(row.row(), address.trackId()).orElseThrow();
    Fragment fragment = new Fragment(row.row(), track, /* number= */ 0);
    try {
      return media(asset, address, fragment, part.offset(), part.sizeBytes());
    } catch (IOException e) {
      throw PlaybackException.storeFailed(e);
    }
  }

  private Response init(PlayableAsset asset, MediaAddress address) throws IOException {
    byte[] bytes;
    synchronized (inits) {
      bytes = inits.get(address.init());
    }
    if (bytes == null) {
      Fragment fragment =
          fragmentWithInit(asset, address)
              .orElseThrow(
                  () -> PlaybackException.notFound("there is no such initialization segment"));
      bytes = FlacMedia.init(asset.reader().init(fragment)).bytes().toByteArray();
      synchronized (inits) {
        inits.put(address.init(), bytes);
      }
    }
    return Response.bytes(200, TYPE, bytes)
        .with("ETag", '"' + address.init() + '"')
        .with("Cache-Control", FOR_EVER);
  }

  /**
   * Finds a fragment with the initialization segment of an address. The file that the address names
   * may have been deleted since; then a newer file with the same segment is used.
   */
  private static Optional<Fragment> fragmentWithInit(PlayableAsset asset, MediaAddress address)
      throws IOException {
    Optional<Fragment> named =
        find(asset, address).filter(found -> found.track().init().equals(address.init()));
    if (named.isPresent()) {
      return named;
    }
    Optional<LiveRow> live =
        asset.lastEdge().flatMap(edge -> edge.find(address.run(), address.sequence()));
    Optional<TrackRow> track = live.flatMap(row -> track(row.row(), address.trackId()));
    if (track.isPresent() && track.get().init().equals(address.init())) {
      return Optional.of(new Fragment(live.get().row(), track.get(), /* number= */ 0));
    }
    return newestWithInit(asset, address);
  }

  private static Optional<Fragment> newestWithInit(PlayableAsset asset, MediaAddress address)
      throws IOException {
    Optional<TimeRange> span = asset.reader().span();
    if (span.isEmpty()) {
      return Optional.empty();
    }
    Instant end = span.get().end();
    List<RunSection> sections = asset.reader().sections(end.minus(ManifestRange.NEWEST), end);
    return sections.stream()
        .flatMap(section -> section.tracks().stream())
        .filter(track -> track.track().id() == address.trackId())
        .filter(track -> track.track().init().equals(address.init()))
        .filter(track -> !track.fragments().isEmpty())
        .map(track -> track.fragments().get(track.fragments().size() - 1))
        .findFirst();
  }
}
