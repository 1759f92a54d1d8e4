package io.lva.playback;

import io.lva.asset.LiveAssets;
import io.lva.asset.format.Utc;
import io.lva.asset.store.AssetStore;
import io.lva.playback.address.MediaAddress;
import io.lva.playback.address.PathSegments;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.address.RouteArguments;
import io.lva.playback.dash.DashRoute;
import io.lva.playback.hls.HlsRoute;
import io.lva.playback.http.HttpHandler;
import io.lva.playback.http.HttpSemantics;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.playback.window.AssetCatalog;
import io.lva.playback.window.LiveFeed;
import io.lva.playback.window.PlayableAsset;
import io.lva.playback.window.TrackKind;
import io.lva.playback.window.Waiting;
import io.lva.runtime.MediaRuntime;
import io.lva.spi.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers the requests of players for the assets of one store: HLS, DASH, what is recorded, and the
 * player page. Knows nothing of a particular HTTP server; {@link
 * io.lva.playback.http.HttpPlaybackServer} is one.
 *
 * <p>Addresses, in the form of Azure Media Services:
 *
 * <pre>
 * /                                                              the player page
 * /assets                                                        the assets of the store
 * /time                                                          the time of this host
 * /{locator}/content.ism/manifest(format=m3u8-cmaf[,startTime=T[,endTime=T]])[.m3u8]
 * /{locator}/content.ism/manifest(format=mpd-time-cmaf[,startTime=T[,endTime=T]])[.mpd]
 * /{locator}/content.ism/manifest(format=mpd-time-cmaf,latency=low[,startTime=T])[.mpd]
 * /{locator}/content.ism/availableMedia?precision=P&amp;startTime=T&amp;endTime=T[&amp;timeZone=ZONE]
 * /{locator}/content.ism/gaps?startTime=T&amp;endTime=T
 * /{locator}/content.ism/export(startTime=T,endTime=T[,audio=flac]).mp4
 * </pre>
 *
 * <p>The locator is the percent-encoded name of the asset. Without times a manifest shows the
 * newest four hours, and goes on while the asset is recorded; a start alone, at most 24 hours ago,
 * shows everything since; both together give a portion of up to 24 hours. A portion that lies
 * partly in the future grows until its end is recorded; for one that is over, HLS answers when its
 * last fragment is complete, or after 6 s.
 *
 * <p>What is being recorded is shown part by part as it is written, if the recorder is the runtime
 * that is played back or another process whose files can be followed; otherwise fragment by
 * fragment.
 *
 * <p>Thread-safe.
 */
public final class Playback implements HttpHandler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Playback.class.getName());
  private static final int THREADS = 2;
  private static final int READERS = 8;
  private static final Duration READER_KEPT = Duration.ofSeconds(10);

  /** How many requests may wait for what is not recorded yet. */
  static final int MOST_WAITING = 2048;

  private final Closeable release;
  private final ScheduledExecutorService timer;
  private final AssetCatalog assets;
  private final PageResources page = new PageResources();
  private final HlsRoute hls;
  private final DashRoute dash;
  private final Clock clock;
  private final ExportRoute exports;
  private final MediaRoute media;
  private final ExecutorService readers;

  /**
   * Creates playback of a store.
   *
   * @param store closed with this
   * @param clock tells how old the newest media is
   * @param feeds finds what this process records
   * @param timer completes waiting answers; shut down with this
   * @param readers continue answers that have waited; shut down with this
   */
  Playback(
      AssetStore store,
      Clock clock,
      LiveFeed.Finder feeds,
      ScheduledExecutorService timer,
      ExecutorService readers) {
    this(store, store::close, clock, feeds, timer, readers, PlaybackOptions.defaults());
  }

  private Playback(
      AssetStore store,
      Closeable release,
      Clock clock,
      LiveFeed.Finder feeds,
      ScheduledExecutorService timer,
      ExecutorService readers,
      PlaybackOptions options) {
    this.release = release;
    this.timer = timer;
    this.assets = new AssetCatalog(store, clock, feeds, timer, new Waiting.Quota(MOST_WAITING));
    this.hls = new HlsRoute(clock);
    this.dash = new DashRoute(clock);
    this.clock = clock;
    this.readers = readers;
    MediaMemory memory = new MediaMemory(options.remoteMemoryBytes(), MOST_WAITING, timer, readers);
    this.media = new MediaRoute(memory, readers);
    this.exports = new ExportRoute(clock, memory);
  }

  /** Makes the threads that continue answers which have waited for memory or for a recording. */
  static ExecutorService readers() {
    ThreadPoolExecutor readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            READER_KEPT.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            threads("lva-playback-reader-"));
    readers.allowCoreThreadTimeOut(true);
    return readers;
  }

  private static ThreadFactory threads(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(THREADS, threads("lva-playback-"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * Opens a store for playback. What another process records there is followed through its files,
   * where the store supports that.
   *
   * @param store a {@code file:} URI, a path, or a URI whose scheme an installed store knows
   * @return the playback, to be closed
   * @throws IOException when the store cannot be opened
   */
  public static Playback open(URI store) throws IOException {
    return open(AssetStore.open(store));
  }

  /**
   * Opens the store of a runtime for playback. What its sinks record is shown part by part. A store
   * that was given to the runtime as an option is used as it is, and stays open; {@link
   * PlaybackOptions} may be given as an option too.
   *
   * @param runtime the one that records to the store; to be closed after the playback
   * @return the playback, to be closed
   * @throws IOException when the store cannot be opened
   */
  public static Playback open(MediaRuntime runtime) throws IOException {
    LiveAssets recorders = LiveAssets.of(runtime.shared());
    Optional<AssetStore> given = runtime.option(AssetStore.class);
    PlaybackOptions options =
        runtime.option(PlaybackOptions.class).orElseGet(PlaybackOptions::defaults);
    return given.isPresent()
        ? open(given.get(), () -> {}, recorders, options)
        : open(AssetStore.open(runtime.assetStore()), recorders, options);
  }

  /**
   * Creates playback from a store that is already open, such as one with credentials of its own.
   *
   * @param store closed with the playback
   * @return the playback, to be closed
   */
  public static Playback open(AssetStore store) {
    return open(store, LiveAssets.empty());
  }

  /**
   * Creates playback from a store that is already open, including what this process records to it.
   *
   * @param store closed with the playback
   * @param recorders of the runtime that records to it
   * @return the playback, to be closed
   */
  public static Playback open(AssetStore store, LiveAssets recorders) {
    return open(store, recorders, PlaybackOptions.defaults());
  }

  /**
   * Creates playback from a store that is already open, including what this process records to it,
   * with options.
   *
   * @param store closed with the playback
   * @param recorders of the runtime that records to it
   * @param options how much memory it may take
   * @return the playback, to be closed
   */
  public static Playback open(AssetStore store, LiveAssets recorders, PlaybackOptions options) {
    return open(store, store::close, recorders, options);
  }

  private static Playback open(
      AssetStore store, Closeable release, LiveAssets recorders, PlaybackOptions options) {
    LiveFeed.Finder feeds = new LiveFeed.OfRecorders(store.uri(), recorders);
    return new Playback(store, release, Clock.system(), feeds, timer(), readers(), options);
  }

  /**
   * Answers a request. Reading the store happens in the calling thread; a request that must wait,
   * for a recording or for memory, holds no thread and is answered later, on another one.
   *
   * @param request of a player
   * @return the answer, with an error status when something failed; never completes exceptionally
   */
  @Override
  public CompletionStage<Response> handle(Request request) {
    return CompletableFuture.completedFuture(request)
        .thenCompose(this::route)
        .exceptionally(Playback::failure)
        .thenApply(response -> HttpSemantics.apply(request, response));
  }

  private CompletionStage<Response> route(Request request) {
    try {
      return switch (request.method()) {
        case "GET", "HEAD" -> get(request);
        case "OPTIONS" ->
            CompletableFuture.completedFuture(
                Response.empty(204).with("Allow", "GET, HEAD, OPTIONS"));
        default ->
            CompletableFuture.completedFuture(
                Response.error(405, "only GET, HEAD and OPTIONS")
                    .with("Allow", "GET, HEAD, OPTIONS"));
      };
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Response> get(Request request) throws IOException {
    PathSegments path = PathSegments.parse(request.path());
    Optional<String> content = path.content();
    if (content.isPresent()) {
      return content(path, content.get(), request);
    }
    if (path.text().equals("time")) {
      Instant now = Utc.instant(clock.utcNanos()).truncatedTo(ChronoUnit.MILLIS);
      return CompletableFuture.completedFuture(
          Response.text(200, "text/plain", now.toString()).with("Cache-Control", "no-store"));
    }
    if (path.text().equals("assets")) {
      return CompletableFuture.completedFuture(
          JsonAnswers.response(AssetList.answer(assets.list(), Utc.instant(clock.utcNanos()))));
    }
    return CompletableFuture.completedFuture(
        page.find(path.text())
            .orElseThrow(() -> PlaybackException.notFound("there is nothing here")));
  }

  private CompletionStage<Response> content(PathSegments path, String rest, Request request)
      throws IOException {
    PlayableAsset asset = assets.find(path.raw().get(0), path.decoded().get(0));
    if (rest.startsWith(MediaAddress.PREFIX)) {
      Optional<MediaAddress.ByTime> byTime = MediaAddress.ByTime.parse(rest);
      if (byTime.isPresent()) {
        return media.answer(asset, byTime.get());
      }
      MediaAddress address =
          MediaAddress.parse(rest)
              .orElseThrow(() -> PlaybackException.notFound("there is no such media"));
      return media.answer(asset, address);
    }
    RouteArguments arguments = RouteArguments.parse(rest);
    return switch (arguments.name()) {
      case "manifest" -> manifest(asset, arguments);
      case "video" -> hls.media(asset, TrackKind.VIDEO, arguments, request);
      case "audio" -> hls.media(asset, TrackKind.AUDIO, arguments, request);
      case "availablemedia" ->
          CompletableFuture.completedFuture(
              JsonAnswers.response(AvailableMedia.answer(request, asset)));
      case "gaps" ->
          CompletableFuture.completedFuture(
              JsonAnswers.response(GapList.answer(request, asset.reader())));
      case "export" -> exports.answer(asset, arguments);
      default -> throw PlaybackException.notFound("there is nothing here");
    };
  }

  private CompletionStage<Response> manifest(PlayableAsset asset, RouteArguments arguments)
      throws IOException {
    String format = arguments.value("format").orElse("");
    if (HlsRoute.accepts(format)) {
      return hls.multivariant(asset, arguments);
    }
    if (DashRoute.accepts(format)) {
      return dash.answer(asset, arguments);
    }
    throw PlaybackException.badRequest(
        "format must be m3u8-cmaf or mpd-time-cmaf: manifest(format=m3u8-cmaf).m3u8");
  }

  private static Response failure(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof PlaybackException refused) {
      if (refused.getCause() != null) {
        LOG.log(System.Logger.Level.WARNING, "the store failed", refused.getCause());
      }
      return Response.error(refused.status(), String.valueOf(refused.getMessage()));
    }
    if (cause instanceof NoSuchFileException) {
      return Response.error(404, "the media was deleted");
    }
    if (cause instanceof IOException || cause instanceof UncheckedIOException) {
      LOG.log(System.Logger.Level.WARNING, "the store failed", cause);
      return Response.error(503, "the store cannot be read now").with("Retry-After", "2");
    }
    LOG.log(System.Logger.Level.ERROR, "a request failed", cause);
    return Response.error(500, "a fault of the server");
  }

  /** Ends all waiting, and closes the store unless it was given to the runtime as an option. */
  @Override
  public void close() {
    assets.close();
    timer.shutdownNow();
    readers.shutdown();
    try {
      release.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the store was not closed", e);
    }
  }
}
