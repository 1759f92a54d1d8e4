package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.InitSegment;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One time line over everything that an asset has, possibly in several stores. Complete segments
 * are found in the index. Segments that are being written are known from the recorder in this
 * process ({@link LiveSource}), or from their files, which are followed.
 *
 * <p>Index files cover one UTC day each. They are read when a query needs them, and kept while they
 * do not change. A query for an hour reads one or two of them, however long the recording is.
 *
 * <p>Thread-safe. A call blocks while a file that it needs is read. One caller at a time looks for
 * changes, while the others use what is known; only the very first look makes them wait.
 */
public final class AssetReader implements AutoCloseable {
  private static final Duration DISK_FRESHNESS = Duration.ofMillis(200);
  private static final Duration REMOTE_FRESHNESS = Duration.ofSeconds(2);

  /** A segment that started more than this many days before a range has no media in it. */
  private static final int LONGEST_SEGMENT_DAYS = 2;

  private final List<IndexCache> indexes = new ArrayList<>();
  private final LiveSource live;
  private final Followers followers;
  private final FragmentFiles files;
  private final Clock clock;
  private final Duration freshness;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile List<SegmentRow> newest = List.of();
  private volatile @Nullable Long refreshedNanos;

  private AssetReader(
      List<AssetView> views, LiveAssets recorders, Optional<LiveSource> live, Clock clock) {
    List<AssetView> inPlace =
        views.stream().filter(view -> has(view, StoreFeature.IN_PLACE)).toList();
    IndexCache published = null;
    for (int i = views.size() - 1; i >= 0; i--) {
      AssetView view = views.get(i);
      boolean onDisk = has(view, StoreFeature.IN_PLACE);
      IndexCache index =
          onDisk && published != null
              ? IndexCache.ofSpool(view, published, clock)
              : new IndexCache(view, !onDisk && !inPlace.isEmpty(), clock);
      indexes.add(0, index);
      published = onDisk ? published : index;
    }
    this.files = new FragmentFiles(views);
    this.live = live.orElseGet(() -> RowsInProgress.of(recorders, views));
    this.followers = new Followers(live.isEmpty() ? inPlace : List.of());
    this.clock = clock;
    this.freshness = inPlace.size() == views.size() ? DISK_FRESHNESS : REMOTE_FRESHNESS;
  }

  private static boolean has(AssetView view, StoreFeature feature) {
    return view.store().features().contains(feature);
  }

  /**
   * Returns the layers of a store, including the spool that a sink of this process writes for it.
   */
  private static List<AssetView> layers(AssetView view, LiveAssets recorders) {
    List<AssetView> layers = new ArrayList<>();
    recorders
        .spool(view.store().uri())
        .ifPresent(spool -> layers.add(new AssetView(spool, view.folder())));
    view.store().layers().forEach(store -> layers.add(new AssetView(store, view.folder())));
    return layers;
  }

  /**
   * Opens an asset for reading. In a store on a disk, the files that are being written are
   * followed.
   *
   * @param store where the asset is
   * @param assetName its name; an asset that does not exist has no media
   * @return the reader, which must be closed
   * @throws IllegalArgumentException when the name is empty, longer than 4096 characters, or not
   *     Unicode
   */
  public static AssetReader open(AssetStore store, String assetName) {
    return open(store, assetName, LiveAssets.empty());
  }

  /**
   * Opens an asset for reading. What a recorder of this process adds is seen at once, and in a
   * store on a disk the files that another process writes are followed.
   *
   * @param store where the asset is
   * @param assetName its name; an asset that does not exist has no media
   * @param recorders what this process records
   * @return the reader, which must be closed
   * @throws IllegalArgumentException when the name is empty, longer than 4096 characters, or not
   *     Unicode
   */
  public static AssetReader open(AssetStore store, String assetName, LiveAssets recorders) {
    return open(new AssetView(store, AssetLayout.folderName(assetName)), recorders);
  }

  static AssetReader open(AssetView view, LiveAssets recorders) {
    return open(List.of(view), recorders, Optional.empty(), Clock.system());
  }

  /**
   * Opens the asset in a folder for reading, for players that know its address but not its name.
   *
   * @param store where the asset is
   * @param folder folder of the asset, relative to the store; an asset whose folder does not exist
   *     has no media
   * @param recorders what this process records
   * @param live what the recorder of the asset adds; when it is empty, {@code recorders} is asked,
   *     and in a store on a disk the files that another process writes are followed
   * @param clock tells when to look for changes again
   * @return the reader, which must be closed
   */
  public static AssetReader openFolder(
      AssetStore store,
      String folder,
      LiveAssets recorders,
      Optional<LiveSource> live,
      Clock clock) {
    return open(List.of(new AssetView(store, folder)), recorders, live, clock);
  }

  /**
   * Opens an asset in one or more stores; if several have the same segment, the first store counts.
   */
  static AssetReader open(
      List<AssetView> views, LiveAssets recorders, Optional<LiveSource> live, Clock clock) {
    List<AssetView> layers =
        views.stream().flatMap(view -> layers(view, recorders).stream()).toList();
    return new AssetReader(layers, recorders, live, clock);
  }

  private void refresh() throws IOException {
    if (isFresh()) {
      return;
    }
    if (!refreshing.tryLock()) {
      if (refreshedNanos != null) {
        return; // another caller is already looking for news
      }
      refreshing.lock();
    }
    try {
      if (!isFresh()) {
        lookForNews();
      }
    } finally {
      refreshing.unlock();
    }
  }

  private boolean isFresh() {
    Long last = refreshedNanos;
    return last != null && clock.nanoTime() - last < freshness.toNanos();
  }

  private void lookForNews() throws IOException {
    // News first: what leaves them is in the index by then.
    final long now = clock.nanoTime();
    Optional<List<SegmentRow>> news = live.segments();
    // The store first: it tells which rows of its spool count.
    for (int i = indexes.size() - 1; i >= 0; i--) {
      indexes.get(i).refresh();
    }
    List<SegmentRow> rows = new ArrayList<>(news.orElse(List.of()));
    if (news.isEmpty()) {
      rows.addAll(followers.follow(this::isIndexed, Utc.instant(clock.utcNanos())));
    } else {
      followers.rest();
    }
    rows.removeIf(row -> indexes.stream().anyMatch(index -> !index.fences().accepts(row)));
    newest = List.copyOf(rows);
    refreshedNanos = now;
  }

  private boolean isIndexed(SegmentName name) {
    try {
      return find(name.run(), name.sequence(), Utc.day(name.start())).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns what was recorded between two instants, without the gaps.
   *
   * @param start the start, inclusive
   * @param end the end, exclusive
   * @return the ranges in their order, clipped to the bounds
   * @throws IOException when a store fails
   */
  public List<TimeRange> ranges(Instant start, Instant end) throws IOException {
    refresh();
    TimeRanges ranges = new TimeRanges();
    for (IndexCache index : indexes) {
      for (LocalDate date : days(index, start, end)) {
        ranges.addAll(index.ranges(date));
      }
    }
    newest.forEach(row -> ranges.add(row.startNanos(), row.endNanos()));
    return ranges.within(Utc.nanos(Utc.bounded(start)), Utc.nanos(Utc.bounded(end)));
  }

  /**
   * Returns the time range of the recording.
   *
   * @return the range from the start of the earliest sample to the end of the latest, in UTC; empty
   *     when there is no media
   * @throws IOException when a store fails
   */
  public Optional<TimeRange> span() throws IOException {
    refresh();
    return MediaEnds.span(indexes, newest);
  }

  /**
   * Returns where the most recently recorded media ends. If a clock was set back, media that was
   * recorded earlier may end later.
   *
   * @return the instant; empty when there is no media
   * @throws IOException when a store fails
   */
  public Optional<Instant> newestEnd() throws IOException {
    refresh();
    return MediaEnds.newest(indexes, newest, Utc.instant(clock.utcNanos())).map(SegmentRow::end);
  }

  /**
   * Returns the newest end of what another process records, which is found by following its files.
   *
   * @return the same object while nothing has changed; empty when no other process records, or when
   *     its files cannot be followed
   * @throws IOException when a store fails
   */
  public Optional<LiveAsset.Snapshot> followed() throws IOException {
    refresh();
    return followers.snapshot();
  }

  private static List<LocalDate> days(IndexCache index, Instant start, Instant end) {
    LocalDate first = Utc.day(Utc.bounded(start)).minusDays(LONGEST_SEGMENT_DAYS);
    LocalDate last = Utc.day(Utc.bounded(end));
    return last.isBefore(first)
        ? List.of()
        : List.copyOf(index.dates().subSet(first, true, last, true));
  }

  /**
   * Returns the time line between two instants. Where runs overlap, the run that was recorded later
   * is shown.
   *
   * @param start the start, inclusive
   * @param end the end, exclusive
   * @return stretches without a hole, in their order. They have every fragment that has media
   *     between the instants, and the earlier fragments that are needed to decode the first of
   *     these
   * @throws IOException when a store fails
   */
  public List<RunSection> sections(Instant start, Instant end) throws IOException {
    refresh();
    long from = Utc.nanos(Utc.bounded(start));
    long to = Utc.nanos(Utc.bounded(end));
    return new LineBuilder(from, to).sections(segments(start, end, from, to));
  }

  private List<SegmentRow> segments(Instant start, Instant end, long from, long to)
      throws IOException {
    Map<String, SegmentRow> rows = new LinkedHashMap<>();
    for (IndexCache index : indexes) {
      for (LocalDate date : days(index, start, end)) {
        if (!index.ranges(date).within(from, to).isEmpty()) {
          for (SegmentRow row : index.day(date).segments(from, to)) {
            if (index.has(row)) {
              rows.putIfAbsent(row.key(), row);
            }
          }
        }
      }
    }
    for (SegmentRow row : newest) {
      if (row.startNanos() < to && row.endNanos() > from && !isIndexed(row)) {
        rows.putIfAbsent(row.key(), row);
      }
    }
    return List.copyOf(rows.values());
  }

  /**
   * Returns whether the index has a segment, even with a row that ends earlier than the one given.
   */
  private boolean isIndexed(SegmentRow row) throws IOException {
    return find(row.run(), row.sequence(), Utc.day(row.start())).isPresent();
  }

  /**
   * Returns the fragments of a track between two instants.
   *
   * @param start the start, inclusive
   * @param end the end, exclusive
   * @param trackId number of the track in its files
   * @return the fragments of the track in {@link #sections}, in their order; empty when it has none
   * @throws IOException when a store fails
   */
  public List<Fragment> fragments(Instant start, Instant end, int trackId) throws IOException {
    List<Fragment> fragments = new ArrayList<>();
    for (RunSection section : sections(start, end)) {
      section.tracks().stream()
          .filter(track -> track.track().id() == trackId)
          .forEach(track -> fragments.addAll(track.fragments()));
    }
    return fragments;
  }

  /**
   * Finds a fragment by the values in its URL.
   *
   * @param run its run
   * @param sequence place of its file in the run
   * @param trackId number of the track in its file
   * @param number its place among the fragments of that track in the file, from 0
   * @param near when the file starts; the UTC days before and after are searched as well
   * @return the fragment, if it exists
   * @throws IOException when a store fails
   */
  public Optional<Fragment> fragment(RunId run, int sequence, int trackId, int number, Instant near)
      throws IOException {
    // What is recorded does not change: the store is asked only about what is not known yet.
    Optional<Fragment> known = known(run, sequence, trackId, number, near);
    if (known.isPresent()) {
      return known;
    }
    refresh();
    return known(run, sequence, trackId, number, near);
  }

  private Optional<Fragment> known(RunId run, int sequence, int trackId, int number, Instant near)
      throws IOException {
    for (int days : new int[] {0, -1, 1}) {
      Optional<SegmentRow> row = find(run, sequence, Utc.day(near).plusDays(days));
      if (row.isPresent()) {
        return fragment(row.get(), trackId, number);
      }
    }
    for (SegmentRow row : newest) {
      if (row.run().equals(run) && row.sequence() == sequence) {
        return fragment(row, trackId, number);
      }
    }
    return Optional.empty();
  }

  private static Optional<Fragment> fragment(SegmentRow row, int trackId, int number) {
    for (TrackRow track : row.tracks()) {
      if (track.id() == trackId && number >= 0 && number < track.fragments().count()) {
        return Optional.of(new Fragment(row, track, number));
      }
    }
    return Optional.empty();
  }

  private Optional<SegmentRow> find(RunId run, int sequence, LocalDate date) throws IOException {
    for (IndexCache index : indexes) {
      if (index.dates().contains(date)) {
        Optional<SegmentRow> row = index.day(date).segment(run, sequence);
        if (row.isPresent()) {
          return row;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns why media is missing between two instants. Deleted segments count as gaps.
   *
   * @param start the start, inclusive
   * @param end the end, exclusive
   * @return every gap that lasts at some time between them, in the order of their starts; a gap
   *     that still lasts has no end
   * @throws IOException when a store fails
   */
  public List<AssetGap> gaps(Instant start, Instant end) throws IOException {
    refresh();
    Map<String, AssetGap> gaps = new LinkedHashMap<>();
    for (IndexCache index : indexes) {
      LocalDate startDay = Utc.day(Utc.bounded(start));
      LocalDate before = index.dates().lower(startDay);
      LocalDate first = before == null ? startDay : before;
      LocalDate last = Utc.day(Utc.bounded(end));
      if (last.isBefore(first)) {
        continue;
      }
      for (LocalDate date : List.copyOf(index.dates().subSet(first, true, last, true))) {
        AssetGap.collect(index.day(date), gaps);
      }
    }
    return gaps.values().stream()
        .filter(gap -> gap.overlaps(start, end) && !gap.adjoins())
        .sorted(Comparator.comparing((AssetGap gap) -> gap.gap().start()))
        .toList();
  }

  /**
   * Reads the bytes of a fragment with one range read.
   *
   * @param fragment a fragment of this asset
   * @return its {@code moof} and {@code mdat} boxes as they are in the file, including parts of
   *     other tracks that lie between them
   * @throws IOException when its file cannot be read, or when the fragment is larger than 256 MiB;
   *     it is a {@link NoSuchFileException} when the file was deleted
   */
  public ByteBuffer read(Fragment fragment) throws IOException {
    return files.read(fragment, fragment.offset(), fragment.lengthBytes());
  }

  /**
   * Returns bytes of a segment, which can be examined and then sent. This call reads nothing.
   *
   * @param fragment any fragment of the segment
   * @param offset of the first byte in the file
   * @param lengthBytes how many bytes
   * @return the bytes; if the store is not a disk, they are read one window at a time
   */
  public Stretch stretch(Fragment fragment, long offset, long lengthBytes) {
    return stretch(fragment, offset, lengthBytes, KeptMedia.NONE);
  }

  /**
   * Returns bytes of a segment that are kept because they will be read again. This call reads
   * nothing.
   *
   * @param fragment any fragment of the segment
   * @param offset of the first byte in the file
   * @param lengthBytes how many bytes
   * @param kept kept media of this asset. What it has is not read again, and what is read from a
   *     store that is not a disk is added to it; for a disk it is not used
   * @return the bytes; if the store is not a disk, they are read one window at a time
   */
  public Stretch stretch(Fragment fragment, long offset, long lengthBytes, KeptMedia kept) {
    return new Stretch(files, fragment, offset, lengthBytes, kept);
  }

  /**
   * Opens the file of a fragment under whatever name it has now.
   *
   * @param fragment a fragment of this asset
   * @return the file, which must be closed
   * @throws IOException when the file cannot be opened; when it was deleted, this call or the first
   *     read throws a {@link NoSuchFileException}
   */
  public StoredFile open(Fragment fragment) throws IOException {
    return files.open(fragment);
  }

  /**
   * Reads the initialization segment of a fragment's track. It is kept, so that it is read once for
   * all fragments of a run.
   *
   * @param fragment a fragment of this asset
   * @return {@code ftyp} and {@code moov} for this track alone
   * @throws IOException when the file cannot be read
   */
  public InitSegment init(Fragment fragment) throws IOException {
    return files.init(fragment);
  }

  /**
   * Returns how often the index of any day has been read since this reader was opened.
   *
   * @return the number of reads that all queries so far have caused, over all days and stores
   */
  public int indexFilesRead() {
    return indexes.stream().mapToInt(IndexCache::daysRead).sum();
  }

  /**
   * Closes the files that this reader follows.
   *
   * @throws IOException when a store fails
   */
  @Override
  public void close() throws IOException {
    refreshing.lock();
    try {
      followers.close();
    } finally {
      refreshing.unlock();
    }
  }
}
