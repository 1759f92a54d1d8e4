package io.lva.playback.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.format.Utc;
import io.lva.asset.index.TimeRange;
import io.lva.media.Ticks;
import io.lva.playback.address.ManifestRange;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One track of a range of an asset that is recorded: the newest four hours, everything since an
 * instant, or a portion whose end is not recorded yet. HLS and DASH show the same window.
 *
 * <p>It grows only at its end, in the order of recording, and shrinks only at its beginning, so
 * that numbers and discontinuities never change for a player, whatever the clocks of camera and
 * host do. A window that is created again after a restart begins with a higher number than the old
 * one ended with. The lengths that players were promised for fragments and parts do not change.
 *
 * <p>Thread-safe. The store is read outside the lock.
 */
final class MediaWindow {
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");
  private static final long NUMBERS_SINCE = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

  /** No recording has more fragments per second on average. */
  private static final int NUMBERS_PER_SECOND = 2;

  /** The usual distance between sync samples is 1 to 4 s; a camera may increase it at any time. */
  private static final int LEAST_TARGET_SECONDS = 6;

  private static final int LEAST_PART_MILLIS = 500;
  private static final int LONGEST_PART_MILLIS = 2000;

  /** Later parts may be longer than the first by a tenth. */
  private static final int FIRST_PARTS_MARGIN = 10;

  private static final Comparator<Fragment> BY_RECORDING =
      Comparator.comparing((Fragment fragment) -> fragment.segment().runNumber())
          .thenComparing(fragment -> fragment.run().text())
          .thenComparing(Fragment::sequence)
          .thenComparing(Fragment::number);

  private final Growth growth;
  private final TrackKind kind;
  private final Instant since;
  private final Instant until;
  private final Clock clock;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Line line = new Line();

  @GuardedBy("lock")
  private boolean begun;

  @GuardedBy("lock")
  private long mediaSequence;

  @GuardedBy("lock")
  private long discontinuitySequence;

  @GuardedBy("lock")
  private int targetSeconds;

  @GuardedBy("lock")
  private int partMillis;

  @GuardedBy("lock")
  private long asked;

  @GuardedBy("lock")
  private long applied;

  @GuardedBy("lock")
  private @Nullable LiveEdge edge;

  private volatile MediaView view;
  private volatile @Nullable Long updatedNanos;
  private volatile @Nullable Long grewNanos;

  /**
   * The state of a recording at one moment.
   *
   * @param edge the newest end, when its parts are known
   * @param over whether nothing will follow
   */
  record News(Optional<LiveEdge> edge, boolean over) {}

  /** Looks up the state of a recording. */
  @FunctionalInterface
  interface NewsSource {
    /** Returns what is known now. */
    News now() throws IOException;
  }

  /** Creates an empty window. */
  MediaWindow(ManifestRange range, TrackKind kind, Clock clock) {
    this.growth = Growth.of(range);
    this.kind = kind;
    this.since = range.start().orElse(Instant.EPOCH);
    this.until = range.end().orElse(FAR);
    this.clock = clock;
    MediaView.Numbering none = new MediaView.Numbering(0, 0, LEAST_TARGET_SECONDS, 0);
    this.view = new MediaView(growth, none, List.of(), /* ended= */ false, null, null);
  }

  /** Returns the window as of the last update. */
  MediaView view() {
    return view;
  }

  /**
   * Adds what was recorded since the last call.
   *
   * @param reader for media older than the edge
   * @param source asked once; where two updates overlap, the one that asked later counts
   */
  void update(AssetReader reader, NewsSource source) throws IOException {
    long ticket;
    synchronized (lock) {
      ticket = ++asked;
    }
    News news = source.now();
    if (!news.over()) {
      grewNanos = clock.nanoTime();
    }
    LiveEdge now = news.edge().orElse(null);
    Instant from;
    synchronized (lock) {
      if (now != null && now.equals(edge) && news.over() == view.ended() && !line.isEmpty()) {
        return;
      }
      from = missingSince(now);
    }
    List<RunSection> sections = from == null ? List.of() : read(reader, from);
    Optional<TimeRange> span = now == null ? reader.span() : Optional.empty();
    synchronized (lock) {
      if (ticket > applied) {
        applied = ticket;
        if (now == null) {
          forgetDeleted(span);
        }
        apply(sections, now, news.over());
      }
    }
    updatedNanos = clock.nanoTime();
  }

  /** Returns the instant from which to read the store; null when the edge has all that is new. */
  @GuardedBy("lock")
  private @Nullable Instant missingSince(@Nullable LiveEdge now) {
    if (line.isEmpty()) {
      return Instant.MIN;
    }
    if (now != null && now.reachesBackTo(line.last().segment())) {
      return null;
    }
    Instant last = Utc.instant(line.last().endNanos() - Ticks.NANOS_PER_SECOND);
    return earlier(last, utcNow()); // the clock may have been set back since
  }

  private List<RunSection> read(AssetReader reader, Instant from) throws IOException {
    if (!from.equals(Instant.MIN)) {
      return reader.sections(from, until);
    }
    if (growth != Growth.LIVE) {
      return reader.sections(since, until);
    }
    Optional<TimeRange> span = reader.span();
    return span.isEmpty()
        ? List.of()
        : reader.sections(earlier(span.get().end(), utcNow()).minus(ManifestRange.NEWEST), until);
  }

  private Instant utcNow() {
    return Utc.instant(clock.utcNanos());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  @GuardedBy("lock")
  private void apply(List<RunSection> sections, @Nullable LiveEdge now, boolean over) {
    add(sections);
    if (now != null) {
      addAll(now.completeFragments(kind).stream().filter(each -> each.end().isAfter(since)));
    }
    // A portion ends at its end: no part is listed that may lie after it.
    LiveEdge listed = growth == Growth.PORTION || over ? null : now;
    Fragment opening = listed == null ? null : opening(listed);
    LineFragment first = opening == null ? null : line.describe(opening);
    if (!line.isEmpty()) {
      first = line.first();
    }
    if (!begun && first != null) {
      begin(now, first);
    }
    trim();
    edge = now;
    publish(listed, opening, over);
  }

  /** Chooses the first numbers, and the lengths that are promised. */
  @GuardedBy("lock")
  private void begin(@Nullable LiveEdge now, LineFragment first) {
    begun = true;
    targetSeconds = Math.max(LEAST_TARGET_SECONDS, MediaView.longestSeconds(line.fragments()));
    line.limit(targetSeconds);
    int usual = now == null ? 0 : now.usualPartMillis(kind);
    int expected = line.isEmpty() ? usual + usual / FIRST_PARTS_MARGIN : usual;
    partMillis = Math.min(Math.max(expected, LEAST_PART_MILLIS), LONGEST_PART_MILLIS);
    if (growth == Growth.LIVE) {
      long second = first.startNanos() / Ticks.NANOS_PER_SECOND;
      mediaSequence = Math.max(mediaSequence, (second - NUMBERS_SINCE) * NUMBERS_PER_SECOND);
      discontinuitySequence = Math.max(discontinuitySequence, first.segment().runNumber());
    }
  }

  /** Forgets what the asset has lost: it may be deleted, and begun again, while it is played. */
  @GuardedBy("lock")
  private void forgetDeleted(Optional<TimeRange> span) {
    long from = span.map(TimeRange::startNanos).orElse(Long.MAX_VALUE);
    int size = line.fragments().size();
    int count = 0;
    while (count < size && line.fragments().get(count).endNanos() <= from) {
      count++;
    }
    if (growth == Growth.LIVE || count == size) {
      removeFirst(count);
    }
  }

  @GuardedBy("lock")
  private void add(List<RunSection> sections) {
    List<Fragment> fragments = new ArrayList<>();
    for (RunSection section : sections) {
      kind.in(section).ifPresent(track -> fragments.addAll(track.fragments()));
    }
    addAll(fragments.stream().sorted(BY_RECORDING));
  }

  @GuardedBy("lock")
  private void addAll(Stream<Fragment> fragments) {
    for (Fragment fragment : (Iterable<Fragment>) fragments::iterator) {
      boolean known = !line.isEmpty() && !isAfter(fragment, line.last());
      if (!known && fragment.start().isBefore(until)) {
        line.add(fragment);
      }
    }
  }

  @GuardedBy("lock")
  private boolean isAfter(Fragment fragment, LineFragment last) {
    int order = line.segment(fragment.segment()).compareTo(last.segment());
    return order != 0 ? order > 0 : fragment.number() > last.number();
  }

  /**
   * Keeps the newest hours, by time and also by length: fragments with times after the newest one,
   * from before the clock was set back, would never be old enough.
   */
  @GuardedBy("lock")
  private void trim() {
    if (growth != Growth.LIVE || line.isEmpty()) {
      return;
    }
    long newest = ManifestRange.NEWEST.toNanos();
    long from = line.last().endNanos() - newest;
    int count = 0;
    long media = 0;
    for (int i = line.fragments().size() - 1; i >= 0 && count == 0; i--) {
      LineFragment fragment = line.fragments().get(i);
      count = media >= newest || fragment.endNanos() <= from ? i + 1 : 0;
      media += fragment.endNanos() - fragment.startNanos();
    }
    removeFirst(count);
  }

  @GuardedBy("lock")
  private void removeFirst(int count) {
    int size = line.fragments().size();
    for (int i = 1; i <= count && i < size; i++) {
      discontinuitySequence += line.fragments().get(i).discontinuity() ? 1 : 0;
    }
    mediaSequence += count;
    line.removeFirst(count);
    begun &= size == 0 || count < size;
  }

  @GuardedBy("lock")
  private void publish(@Nullable LiveEdge listed, @Nullable Fragment opening, boolean over) {
    view =
        new MediaView(
            growth,
            new MediaView.Numbering(
                mediaSequence, discontinuitySequence, targetSeconds, partMillis),
            List.copyOf(line.fragments()),
            over,
            listed,
            listed == null || opening == null ? null : open(listed, opening));
  }

  /** Returns the fragment under construction. */
  private @Nullable Fragment opening(LiveEdge live) {
    LiveRow row = live.open().orElse(null);
    if (row == null || row.track(kind).isEmpty()) {
      return null;
    }
    Fragment fragment = new Fragment(row.row(), row.track(kind).get(), row.completeFragments(kind));
    boolean shown =
        fragment.number() < fragment.track().fragments().count() && fragment.end().isAfter(since);
    return shown ? fragment : null;
  }

  @GuardedBy("lock")
  private MediaView.Open open(LiveEdge live, Fragment fragment) {
    LiveRow row = live.open().orElseThrow();
    List<LiveRow.NumberedPart> all = row.parts(kind, fragment.number());
    List<LiveRow.NumberedPart> listed =
        MediaView.listed(all, fragment.track().timescale(), partMillis);
    Optional<Integer> next =
        listed.size() == all.size() ? Optional.of(row.partCount(kind)) : Optional.empty();
    return new MediaView.Open(line.describe(fragment), listed, next);
  }

  /** Returns whether this window was updated after a moment while it was still growing. */
  boolean grewAfter(long nanoTime) {
    Long last = grewNanos;
    return last != null && last - nanoTime > 0;
  }

  /** Returns whether this window was last updated before a time, or never. */
  boolean isOlderThan(long nanoTime) {
    Long last = updatedNanos;
    return last == null || last - nanoTime < 0;
  }
}
