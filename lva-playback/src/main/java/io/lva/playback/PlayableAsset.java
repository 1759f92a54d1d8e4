package io.lva.playback;

import io.lva.asset.AssetReader;
import io.lva.asset.LiveAsset;
import io.lva.asset.archive.AssetView;
import io.lva.spi.Clock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An asset as play-back sees it: what its reader knows, and the newest end when this process
 * records it.
 *
 * <p>Thread-safe.
 */
final class PlayableAsset implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PlayableAsset.class.getName());
  private static final int WINDOWS = 5;

  /** Another process writes a part less often: many players together ask its files once. */
  private static final long NEWS_NANOS = 100_000_000;

  /** So long an address that led to a growing playlist leads to the same, after that has ended. */
  private static final long LEAVING_NANOS = 60_000_000_000L;

  private final AssetView view;
  private final Clock clock;
  private final LiveFeed.Finder feeds;
  private final Waiting waiting;

  /** Never forgotten: made anew, its numbers would jump for the players that follow it. */
  private final LiveWindow newest = new LiveWindow(ManifestRange.NEWEST_HOURS);

  private final Map<ManifestRange, LiveWindow> windows = new LinkedHashMap<>(8, 0.75f, true);
  private final AssetReader reader;
  private final RecordingState state;
  private Optional<Live> live = Optional.empty();
  private Optional<LiveEdge> last = Optional.empty();

  /** The recording of this process. */
  private static final class Live {
    private final LiveFeed feed;
    private final LiveAsset.Subscription subscription;
    private LiveAsset.@Nullable Snapshot snapshot;
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
   * Looks at an asset.
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
    this.reader = AssetReader.open(List.of(view), feeds.source(view.folder()), clock);
    this.state = new RecordingState(reader, this::edge, clock);
  }

  AssetView view() {
    return view;
  }

  Waiting waiting() {
    return waiting;
  }

  /** Returns the newest end, while this process records. */
  synchronized Optional<LiveEdge> edge() {
    lastEdge();
    return live.map(Live::edge).filter(edge -> !edge.hasEnded());
  }

  /**
   * Returns the newest end that this process recorded, also when that has ended since: playlists
   * name what the reader may learn a moment later.
   */
  synchronized Optional<LiveEdge> lastEdge() {
    follow();
    live.ifPresent(recording -> last = Optional.of(recording.edge()));
    return last;
  }

  /** Returns the reader of everything recorded. */
  AssetReader reader() {
    return reader;
  }

  /** Notices that a recording of this process began or ended. */
  private void follow() {
    Optional<LiveFeed> now = feeds.find(view.folder());
    if (now.equals(live.map(recording -> recording.feed))) {
      return;
    }
    live.ifPresent(recording -> recording.subscription.close());
    live = now.map(feed -> new Live(feed, waiting::changed));
    waiting.changed();
  }

  /** Tells whether the asset is recorded, and what is complete of it. */
  RecordingState state() {
    return state;
  }

  /**
   * Says whether somebody may be following the playlist of a range, because it grows or did so a
   * moment ago: they find the end in the same playlist, with the same numbers.
   */
  boolean isFollowed(ManifestRange range) {
    long since = clock.nanoTime() - LEAVING_NANOS;
    return known(range).map(window -> window.grewAfter(since)).orElse(false);
  }

  private synchronized Optional<LiveWindow> known(ManifestRange range) {
    return range.start().isEmpty() ? Optional.of(newest) : Optional.ofNullable(windows.get(range));
  }

  /**
   * Returns a playlist that grows, with everything recorded until now.
   *
   * @param range what of the asset it shows
   */
  LiveWindow window(ManifestRange range) throws IOException {
    LiveWindow window = range.start().isEmpty() ? newest : windowOf(range);
    long now = clock.nanoTime();
    if (edge().isPresent() || window.isOlderThan(now - NEWS_NANOS)) {
      window.update(reader, () -> new LiveWindow.News(edge(), !state.growsIn(range)), now);
    }
    return window;
  }

  private synchronized LiveWindow windowOf(ManifestRange range) {
    LiveWindow window = windows.computeIfAbsent(range, LiveWindow::new);
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
