package io.lva.playback;

import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.asset.LiveAsset;
import io.lva.asset.store.AssetView;
import io.lva.asset.store.TimeRange;
import io.lva.asset.store.Utc;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** Another process that added nothing for so long does not record any more. */
  private static final Duration STILL_RECORDING = Duration.ofSeconds(60);

  /** An outage that lasts longer counts as the end of the recording of another process. */
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(24);

  /** What ends later than the newest media was noted before the last file was. */
  private static final Duration AT_THE_END = Duration.ofMillis(100);

  private static final Set<GapCause> END_OF_RECORDING =
      Set.of(GapCause.PROCESS_STOPPED, GapCause.OPERATOR, GapCause.GATE_CLOSED);

  private final AssetView view;
  private final Clock clock;
  private final LiveFeed.Finder feeds;
  private final Waiting waiting;

  /** Never forgotten: made anew, its numbers would jump for the players that follow it. */
  private final LiveWindow newest = LiveWindow.newest();

  private final Map<Instant, LiveWindow> windows = new LinkedHashMap<>(8, 0.75f, true);
  private final AssetReader reader;
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

  /** Says whether somebody records the asset, here or in another process. */
  boolean isRecorded() throws IOException {
    if (edge().isPresent()) {
      return true;
    }
    Optional<TimeRange> span = reader().span();
    if (span.isEmpty()) {
      return false;
    }
    Instant now = Utc.instant(clock.utcNanos());
    Instant end = span.get().end();
    if (end.isAfter(now.minus(STILL_RECORDING))) {
      return !endedBehind(end, now);
    }
    return end.isAfter(now.minus(LONGEST_OUTAGE)) && inOutage(end, now);
  }

  private boolean endedBehind(Instant end, Instant now) throws IOException {
    return reader().gaps(end.minusMillis(1), now).stream()
        .filter(gap -> !gap.gap().start().isAfter(end.plus(AT_THE_END)))
        .anyMatch(gap -> gap.gap().end().isEmpty() && isEnd(gap));
  }

  private boolean inOutage(Instant end, Instant now) throws IOException {
    return reader().gaps(end.minusMillis(1), now).stream()
        .anyMatch(gap -> gap.gap().end().isEmpty() && !isEnd(gap));
  }

  private static boolean isEnd(AssetGap gap) {
    return gap.gap().causes().stream().anyMatch(END_OF_RECORDING::contains);
  }

  /**
   * Returns a playlist that grows, with everything recorded until now.
   *
   * @param since where it begins; empty for the newest four hours
   */
  LiveWindow window(Optional<Instant> since) throws IOException {
    LiveWindow window = since.map(this::windowSince).orElse(newest);
    Optional<LiveEdge> edge = edge();
    long now = clock.nanoTime();
    if (edge.isPresent() || window.isOlderThan(now - NEWS_NANOS)) {
      window.update(reader(), edge, edge.isEmpty() && !isRecorded(), now);
    }
    return window;
  }

  private synchronized LiveWindow windowSince(Instant start) {
    LiveWindow window = windows.computeIfAbsent(start, LiveWindow::since);
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
