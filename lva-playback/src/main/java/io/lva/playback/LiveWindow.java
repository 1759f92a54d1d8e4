package io.lva.playback;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.format.TimeRange;
import io.lva.asset.format.Utc;
import io.lva.media.Ticks;
import io.lva.playback.MediaPlaylist.Kind;
import io.lva.playback.MediaPlaylist.LowLatency;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A playlist of an asset that is recorded: the newest four hours, everything since an instant, or a
 * portion whose end is not recorded yet.
 *
 * <p>Only grows at its end, in the order of recording, and loses at its begin, so that numbers and
 * discontinuities never change for a player, whatever the clock of the camera does. A window that
 * is made anew, behind a restart, begins with a higher number than the old one ended with.
 *
 * <p>Thread-safe.
 */
final class LiveWindow {
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");
  private static final long NUMBERS_SINCE = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

  /** No recording has more fragments a second on the average. */
  private static final int NUMBERS_A_SECOND = 2;

  private static final int LEAST_TARGET_SECONDS = 2;
  private static final int LEAST_PART_MILLIS = 200;
  private static final int LONGEST_PART_MILLIS = 2000;

  private static final Comparator<Fragment> BY_RECORDING =
      Comparator.comparing((Fragment fragment) -> fragment.segment().runNumber())
          .thenComparing(fragment -> fragment.run().text())
          .thenComparing(Fragment::sequence)
          .thenComparing(Fragment::number);

  private final Kind kind;
  private final Instant since;
  private final Instant until;
  private final Line line = new Line();
  private long mediaSequence;
  private long discontinuitySequence;
  private int targetSeconds = LEAST_TARGET_SECONDS;
  private int partMillis = LEAST_PART_MILLIS;
  private Optional<LiveEdge> edge = Optional.empty();
  private boolean ended;
  private Optional<Long> updatedNanos = Optional.empty();
  private Optional<Long> grewNanos = Optional.empty();
  private @Nullable String full;
  private @Nullable String delta;

  /**
   * What is known of a recording at one moment.
   *
   * @param edge the newest end, when this process records; parts are listed then
   * @param over whether nothing will follow
   */
  record News(Optional<LiveEdge> edge, boolean over) {}

  /** Tells the news. */
  @FunctionalInterface
  interface NewsSource {
    /** Returns what is known now. */
    News now() throws IOException;
  }

  /** Makes an empty window. */
  LiveWindow(ManifestRange range) {
    this.kind =
        range.start().isEmpty() ? Kind.LIVE : range.end().isEmpty() ? Kind.EVENT : Kind.PORTION;
    this.since = range.start().orElse(Instant.EPOCH);
    this.until = range.end().orElse(FAR);
  }

  /**
   * Adds what was recorded since the last call.
   *
   * @param reader knows what is older than the edge
   * @param source asked within: of two updates at once, the later one has the later news
   * @param nanoTime when this happens
   */
  synchronized void update(AssetReader reader, NewsSource source, long nanoTime)
      throws IOException {
    News news = source.now();
    if (!news.over()) {
      grewNanos = Optional.of(nanoTime);
    }
    Optional<LiveEdge> now = news.edge();
    if (now.equals(edge) && now.isPresent() && news.over() == ended && !line.isEmpty()) {
      return;
    }
    if (now.isEmpty()) {
      forgetDeleted(reader);
    }
    int before = line.fragments().size();
    if (line.isEmpty()) {
      fill(reader);
    } else if (now.isEmpty() || !reachesBack(now.get())) {
      Instant from = Utc.instant(line.last().endNanos() - Ticks.NANOS_PER_SECOND);
      addBehindLast(reader.sections(from, FAR));
    }
    now.ifPresent(live -> addBehindLast(live.completeFragments()));
    trim();
    grow(now, before);
    edge = now;
    ended = news.over();
    full = null;
    delta = null;
    updatedNanos = Optional.of(nanoTime);
  }

  /** An asset may be deleted, and begun anew, while somebody looks at it. */
  private void forgetDeleted(AssetReader reader) throws IOException {
    Optional<TimeRange> span = reader.span();
    long from = span.map(TimeRange::startNanos).orElse(Long.MAX_VALUE);
    int size = line.fragments().size();
    int count = 0;
    while (count < size && line.fragments().get(count).endNanos() <= from) {
      count++;
    }
    if (kind == Kind.LIVE || count == size) {
      removeFirst(count);
    }
  }

  private void fill(AssetReader reader) throws IOException {
    Instant from = since;
    if (kind == Kind.LIVE) {
      Optional<TimeRange> span = reader.span();
      if (span.isEmpty()) {
        return;
      }
      from = span.get().end().minus(ManifestRange.NEWEST);
    }
    addBehindLast(reader.sections(from, until));
    if (kind == Kind.LIVE && !line.isEmpty()) {
      long second = line.first().startNanos() / Ticks.NANOS_PER_SECOND;
      mediaSequence = Math.max(0, (second - NUMBERS_SINCE) * NUMBERS_A_SECOND);
      discontinuitySequence = line.first().segment().runNumber();
    }
  }

  private boolean reachesBack(LiveEdge live) {
    return !live.rows().isEmpty()
        && SegmentRef.of(live.rows().get(0).row()).compareTo(line.last().segment()) <= 0;
  }

  private void addBehindLast(List<RunSection> sections) {
    List<Fragment> fragments = new ArrayList<>();
    sections.forEach(section -> fragments.addAll(section.master().fragments()));
    fragments.sort(BY_RECORDING);
    addBehindLast((Iterable<Fragment>) fragments);
  }

  private void addBehindLast(Iterable<Fragment> fragments) {
    for (Fragment fragment : fragments) {
      boolean known = !line.isEmpty() && !isBehind(fragment, line.last());
      if (!known && fragment.end().isAfter(since) && fragment.start().isBefore(until)) {
        line.add(fragment);
      }
    }
  }

  private boolean isBehind(Fragment fragment, LineFragment last) {
    int order = line.segment(fragment.segment()).compareTo(last.segment());
    return order != 0 ? order > 0 : fragment.number() > last.number();
  }

  private void trim() {
    if (kind != Kind.LIVE || line.isEmpty()) {
      return;
    }
    long from = line.last().endNanos() - ManifestRange.NEWEST.toNanos();
    int count = 0;
    while (line.fragments().get(count).endNanos() <= from) {
      count++;
    }
    removeFirst(count);
  }

  private void removeFirst(int count) {
    int size = line.fragments().size();
    for (int i = 1; i <= count && i < size; i++) {
      discontinuitySequence += line.fragments().get(i).discontinuity() ? 1 : 0;
    }
    mediaSequence += count;
    line.removeFirst(count);
  }

  private void grow(Optional<LiveEdge> now, int before) {
    List<LineFragment> fragments = line.fragments();
    for (int i = Math.min(before, fragments.size()); i < fragments.size(); i++) {
      targetSeconds = Math.max(targetSeconds, fragments.get(i).roundedSeconds());
    }
    targetSeconds = Math.max(targetSeconds, MediaPlaylist.targetSeconds(fragments));
    int longest = now.map(LiveEdge::usualPartMillis).orElse(0);
    partMillis = Math.max(partMillis, Math.min(longest, LONGEST_PART_MILLIS));
  }

  /** Says whether it was given out as one that grows, after that moment. */
  synchronized boolean grewAfter(long nanoTime) {
    return grewNanos.map(last -> last - nanoTime > 0).orElse(false);
  }

  /** Says whether it was last updated before a time, or never. */
  synchronized boolean isOlderThan(long nanoTime) {
    return updatedNanos.map(last -> last - nanoTime < 0).orElse(true);
  }

  synchronized boolean isEmpty() {
    return line.isEmpty();
  }

  /** Returns the number of the fragment under construction. */
  synchronized long nextNumber() {
    return mediaSequence + line.fragments().size();
  }

  /** Returns how long a player waits for a part at most. */
  synchronized Duration longestWait() {
    return Duration.ofSeconds(3L * targetSeconds);
  }

  /**
   * Says whether the playlist has a fragment, or a part of it.
   *
   * @param number of the fragment
   * @param part of the fragment, from 0; empty for the whole fragment
   */
  synchronized boolean has(long number, OptionalInt part) {
    long next = mediaSequence + line.fragments().size();
    if (ended || number < next - 1) {
      return true;
    }
    if (number == next - 1) {
      int parts = lowLatency().map(live -> live.parts(line.last()).size()).orElse(0);
      return part.isEmpty() || parts == 0 || part.getAsInt() < parts || openParts() > 0;
    }
    return number == next && part.isPresent() && openParts() > part.getAsInt();
  }

  private int openParts() {
    return lowLatency().flatMap(LowLatency::open).map(open -> open.parts().size()).orElse(0);
  }

  /**
   * Writes the playlist.
   *
   * @param withoutOldest whether to leave out what the player has already
   */
  synchronized String text(boolean withoutOldest) {
    String known = withoutOldest ? delta : full;
    if (known != null) {
      return known;
    }
    String text = MediaPlaylistWriter.write(playlist(withoutOldest));
    if (withoutOldest) {
      delta = text;
    } else {
      full = text;
    }
    return text;
  }

  private MediaPlaylist playlist(boolean withoutOldest) {
    return new MediaPlaylist(
        kind,
        mediaSequence,
        discontinuitySequence,
        targetSeconds,
        line.fragments(),
        ended,
        ended ? Optional.empty() : lowLatency(),
        withoutOldest && !ended ? skipped() : 0);
  }

  /** A portion ends at its end: no part is listed that may lie behind it. */
  private Optional<LowLatency> lowLatency() {
    return kind == Kind.PORTION ? Optional.empty() : edge.map(this::lowLatency);
  }

  private LowLatency lowLatency(LiveEdge live) {
    Optional<MediaPlaylist.Open> open = Optional.empty();
    if (live.open().isPresent()) {
      LiveRow row = live.open().get();
      SegmentRow segment = row.row();
      Fragment fragment = new Fragment(segment, segment.master(), row.completeFragments());
      List<LiveRow.Part> parts =
          LowLatency.listed(row.parts(fragment.number()), segment.master().timescale(), partMillis);
      open = Optional.of(new MediaPlaylist.Open(line.describe(fragment), parts, row.partCount()));
    }
    return new LowLatency(partMillis, live, open);
  }

  /** Counts what lies before the boundary (draft-pantos-hls-rfc8216bis section 6.2.5.1). */
  private int skipped() {
    long kept = 0;
    long boundary = MediaPlaylistWriter.skipBoundaryNanos(targetSeconds);
    int index = line.fragments().size();
    while (index > 0 && kept < boundary) {
      index--;
      LineFragment fragment = line.fragments().get(index);
      kept += fragment.endNanos() - fragment.startNanos();
    }
    return index;
  }
}
