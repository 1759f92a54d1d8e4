package io.lva.playback.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.AssetReader;
import io.lva.asset.LiveAsset;
import io.lva.asset.archive.AssetView;
import io.lva.playback.address.ManifestRange;
import io.lva.playback.address.PlaybackException;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An asset as playback sees it: what its reader knows, and the newest end while it is recorded by
 * this process or by another whose files can be followed.
 *
 * <p>Thread-safe.
 */
public final class PlayableAsset implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PlayableAsset.class.getName());
  private static final int WINDOWS = 10;

  /** For this long, one look serves all players: another process writes parts less often. */
  private static final long NEWS_NANOS = 100_000_000;

  /**
   * For this long after a playlist has stopped growing, an address that led to it still leads to
   * it.
   */
  private static final long LEAVING_NANOS = 60_000_000_000L;

  private final AssetView view;
  private final Clock clock;
  private final LiveFeed.Finder feeds;
  private final Waiting waiting;

  /**
   * These windows are never forgotten: if they were created again, their numbers would jump for the
   * players that follow them.
   */
  @GuardedBy("this")
  private final Map<TrackKind, MediaWindow> newest = new EnumMap<>(TrackKind.class);

  @GuardedBy("this")
  private final Map<Key, MediaWindow> windows = new LinkedHashMap<>(16, 0.75f, true);

  private final AssetReader reader;
  private final RecordingState state;
  private final FollowedFeed followed = new FollowedFeed();
  private Optional<Live> live = Optional.empty();

  @GuardedBy("this")
  private Optional<LiveEdge> last = Optional.empty();

  /** What another process records, as last seen in its files. */
  private static final class FollowedFeed implements LiveFeed {
    private volatile Optional<LiveAsset.Snapshot> shown = Optional.empty();
    private volatile LiveAsset.Snapshot newest =
        new LiveAsset.Snapshot(List.of(), Optional.empty(), false);

    void show(Optional<LiveAsset.Snapshot> now) {
      now.ifPresent(snapshot -> newest = snapshot);
      shown = now;
    }

    Optional<LiveFeed> ifShown() {
      return shown.map(snapshot -> this);
    }

    @Override
    public LiveAsset.Snapshot snapshot() {
      return newest;
    }

    @Override
    public LiveAsset.Subscription subscribe(Runnable listener) {
      return () -> {};
    }
  }

  /** What a window shows. */
  private record Key(ManifestRange range, TrackKind kind) {}

  /** The recording of this process, or of another whose files are followed. */
  private static final class Live {
    private final LiveFeed feed;
    private final LiveAsset.Subscription subscription;

    @GuardedBy("this")
    private LiveAsset.@Nullable Snapshot snapshot;

    @GuardedBy("this")
    private @Nullable LiveEdge edge;

    Live(LiveFeed feed, Runnable changed) {
      this.feed = feed;
      this.subscription = feed.subscribe(changed);
    }

    @SuppressWarnings("ReferenceEquality") // the recorder makes a new one when something changed
    synchronized LiveEdge edge() {
      LiveAsset.Snapshot now = feed.snapshot();
      LiveEdge known = edge;
      if (known == null || now != snapshot) {
        snapshot = now;
        known = LiveEdge.of(now);
        edge = known;
      }
      return known;
    }
  }

  /**
   * Opens an asset for playback.
   *
   * @param view where it is
   * @param clock tells when to look for news again
   * @param feeds finds what this process records
   * @param waiting takes requests that wait for more
   */
  PlayableAsset(AssetView view, Clock clock, LiveFeed.Finder feeds, Waiting waiting) {
    this.view = view;
    this.clock = clock;
    this.feeds = feeds;
    this.waiting = waiting;
    this.reader =
        AssetReader.openFolder(
            view.store(), view.folder(), feeds.recorders(), feeds.source(view.folder()), clock);
    this.state =
        new RecordingState(
            reader,
            this::edge,
            () -> feeds.awaited(view.store().uri(), view.folder()),
            new WriterWatch(view::isInUse, clock),
            clock);
  }

  /**
   * Returns where the asset is.
   *
   * @return its folder in its store
   */
  public AssetView view() {
    return view;
  }

  /**
   * Waits for an answer that more of this asset may give.
   *
   * @param question asked now and after each change, until it has an answer
   * @param lastAnswer given when the time is over
   * @param longest the longest time to wait
   * @param <T> what the answer is
   * @return the answer, now or later; the future fails with a {@link PlaybackException} that a
   *     supplier throws
   * @throws PlaybackException with status 503 when too many requests wait already, or playback is
   *     closed
   */
  public <T> CompletableFuture<T> await(
      Supplier<Optional<T>> question, Supplier<T> lastAnswer, Duration longest) {
    CompletableFuture<T> answer = waiting.await(question, lastAnswer, longest);
    if (!answer.isDone() && feeds.find(view.folder()).isEmpty()) {
      waiting.look(); // another process does not tell
    }
    return answer;
  }

  /**
   * Returns the live edge while the asset is recorded by this process, or by another whose files
   * can be followed.
   *
   * @return the live edge; empty when neither is the case
   */
  public Optional<LiveEdge> edge() {
    lookAtFiles();
    synchronized (this) {
      keepLast();
      return live.map(Live::edge).filter(edge -> !edge.hasEnded());
    }
  }

  /**
   * Returns the newest end that was recorded, even if the recording has ended since: playlists may
   * name media that the reader learns of only a moment later.
   *
   * @return the newest end; empty when no recording was seen since this asset was opened
   */
  public Optional<LiveEdge> lastEdge() {
    lookAtFiles();
    synchronized (this) {
      keepLast();
      return last;
    }
  }

  private synchronized void keepLast() {
    follow();
    live.ifPresent(recording -> last = Optional.of(recording.edge()));
  }

  /** Reads what another process has added, without the lock so that nobody waits for the store. */
  private void lookAtFiles() {
    try {
      boolean here = feeds.find(view.folder()).isPresent();
      followed.show(here ? Optional.empty() : reader.followed());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the files of a recorder cannot be followed", e);
      followed.show(Optional.empty());
    }
  }

  /**
   * Returns the reader of everything recorded.
   *
   * @return the reader, which stays open as long as this asset
   */
  public AssetReader reader() {
    return reader;
  }

  /** Notices that a recording began or ended, here or in a process whose files are followed. */
  private void follow() {
    Optional<LiveFeed> now = feeds.find(view.folder()).or(followed::ifShown);
    if (now.equals(live.map(recording -> recording.feed))) {
      return;
    }
    live.ifPresent(recording -> recording.subscription.close());
    live = now.map(feed -> new Live(feed, waiting::changed));
    waiting.changed();
  }

  /**
   * Returns whether the asset is being recorded, and what of it is complete.
   *
   * @return the state, determined again by each call of its methods
   */
  public RecordingState state() {
    return state;
  }

  /**
   * Returns whether players may be following the manifest of a range, because it grows or grew a
   * moment ago. They must find the end in the same manifest, with the same numbers.
   *
   * @param range what the manifest shows
   * @param kind the track
   * @return false when a manifest of complete media serves as well
   */
  public boolean isFollowed(ManifestRange range, TrackKind kind) {
    long since = clock.nanoTime() - LEAVING_NANOS;
    return known(range, kind).map(window -> window.grewAfter(since)).orElse(false);
  }

  private synchronized Optional<MediaWindow> known(ManifestRange range, TrackKind kind) {
    return Optional.ofNullable(
        range.start().isEmpty() ? newest.get(kind) : windows.get(new Key(range, kind)));
  }

  /**
   * Returns a track of a range that grows, with everything recorded until now.
   *
   * @param range what of the asset to show
   * @param kind the track
   * @return the newest view
   * @throws IOException when the store fails
   */
  public MediaView view(ManifestRange range, TrackKind kind) throws IOException {
    MediaWindow window = window(range, kind);
    if (edge().isPresent() || window.isOlderThan(clock.nanoTime() - NEWS_NANOS)) {
      window.update(reader, () -> new MediaWindow.News(edge(), !state.growsIn(range)));
    }
    return window.view();
  }

  private synchronized MediaWindow window(ManifestRange range, TrackKind kind) {
    if (range.start().isEmpty()) {
      return newest.computeIfAbsent(kind, each -> new MediaWindow(range, each, clock));
    }
    MediaWindow window =
        windows.computeIfAbsent(new Key(range, kind), key -> new MediaWindow(range, kind, clock));
    if (windows.size() > WINDOWS) {
      windows.remove(windows.keySet().iterator().next());
    }
    return window;
  }

  @Override
  public synchronized void close() {
    live.ifPresent(recording -> recording.subscription.close());
    live = Optional.empty();
    try {
      reader.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a followed file was not closed", e);
    }
  }
}
