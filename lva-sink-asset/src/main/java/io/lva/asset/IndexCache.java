package io.lva.asset;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.IndexDay;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.FailureReason;
import io.lva.asset.upload.SpoolEpochs;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The index of an asset in one store, read day by day on demand. What was read stays valid while
 * its files keep their sizes. While a day is being read, only callers that ask for that day wait.
 *
 * <p>Thread-safe.
 */
final class IndexCache {
  private static final int DAYS_KEPT = 8;

  private static final System.Logger LOGGER = System.getLogger(IndexCache.class.getName());

  /** A store that could not be reached is asked again after this time. */
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final AssetView view;
  private final @Nullable IndexCache published;
  private final boolean dispensable;
  private final Clock clock;
  private final PresentFiles files;
  private final AtomicInteger daysRead = new AtomicInteger();

  @GuardedBy("this")
  private final Map<LocalDate, Loading> days = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("this")
  private Coverage coverage = new Coverage();

  private volatile Listing listing = new Listing(new TreeMap<>(), Fences.none());
  private volatile boolean coverageRead;
  private volatile @Nullable Long awaySinceNanos;

  /** The state of the index when it was last listed. */
  private record Listing(NavigableMap<LocalDate, IndexDay> days, Fences fences) {
    IndexDay files(LocalDate date) {
      IndexDay files = days.get(date);
      return files == null ? new IndexDay(date, List.of()) : files;
    }
  }

  /** A day that is being read, and the state of the files from which it is read. */
  private record Loading(long indexBytes, Fences fences, FutureTask<DayIndex> task) {
    boolean shows(IndexDay files, Fences now) {
      return indexBytes == files.sizeBytes() && fences.equals(now);
    }
  }

  /**
   * Creates an empty cache.
   *
   * @param view what to read
   * @param dispensable whether the content of this store is left out while the store cannot be
   *     reached
   * @param clock tells when to ask such a store again
   */
  IndexCache(AssetView view, boolean dispensable, Clock clock) {
    this(view, null, dispensable, clock);
  }

  private IndexCache(
      AssetView view, @Nullable IndexCache published, boolean dispensable, Clock clock) {
    this.view = view;
    this.published = published;
    this.dispensable = dispensable;
    this.clock = clock;
    this.files = new PresentFiles(view, clock);
  }

  /**
   * Creates an empty cache for a spool.
   *
   * @param spool what to read
   * @param published the asset in the store, which tells which rows of the spool count
   * @param clock of the process
   */
  static IndexCache ofSpool(AssetView spool, IndexCache published, Clock clock) {
    return new IndexCache(spool, published, false, clock);
  }

  AssetView view() {
    return view;
  }

  /** Lists the index again. Called by one thread at a time. */
  void refresh() throws IOException {
    Long away = awaySinceNanos;
    if (away != null && clock.nanoTime() - away < PAUSE_NANOS) {
      return;
    }
    try {
      list();
      awaySinceNanos = null;
    } catch (IOException e) {
      leaveOut(e);
    }
  }

  private void leaveOut(IOException failure) throws IOException {
    if (!dispensable) {
      throw failure;
    }
    if (!isAway()) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "{0} is away; what is not in the local media cache is left out: {1}",
          view.store().uri(),
          FailureReason.of(failure));
    }
    awaySinceNanos = clock.nanoTime();
  }

  private void list() throws IOException {
    if (!coverageRead) {
      Coverage read = view.coverage();
      synchronized (this) {
        coverage = read;
      }
      coverageRead = true;
    }
    Listing next = new Listing(view.indexDays(), readFences());
    synchronized (this) {
      days.keySet().retainAll(next.days().keySet());
      if (!next.fences().equals(listing.fences())) {
        coverage = new Coverage();
      }
    }
    listing = next;
  }

  private Fences readFences() throws IOException {
    return published == null ? view.fences() : SpoolEpochs.fences(view, published.fences());
  }

  /** Returns whether the file of a segment exists, as far as the store can tell quickly. */
  boolean has(SegmentRow row) throws IOException {
    return files.has(row) || (files.hasCopy(row) && counts(row));
  }

  /**
   * Returns whether a copy counts: only if the asset, as far as is known, has media of that day.
   */
  private boolean counts(SegmentRow row) {
    return published != null
        && (published.isAway() || published.dates().contains(Utc.day(row.start())));
  }

  private boolean isAway() {
    return awaySinceNanos != null;
  }

  /** Returns the days that have an index. */
  NavigableSet<LocalDate> dates() {
    return listing.days().navigableKeySet();
  }

  /** Returns the fences, which tell which media of superseded epochs counts. */
  Fences fences() {
    return listing.fences();
  }

  /** Returns how often a day has been read so far, over all days. */
  int daysRead() {
    return daysRead.get();
  }

  /**
   * Returns the rows of a day; if they cannot be read but can be dispensed with, there are none.
   */
  DayIndex day(LocalDate date) throws IOException {
    return tryDay(date).orElseGet(() -> DayIndex.of(date, new byte[0], fences()));
  }

  private Optional<DayIndex> tryDay(LocalDate date) throws IOException {
    try {
      return Optional.of(load(date));
    } catch (IOException e) {
      leaveOut(e);
      return Optional.empty();
    }
  }

  private DayIndex load(LocalDate date) throws IOException {
    Listing now = listing;
    IndexDay files = now.files(date);
    FutureTask<DayIndex> task = task(date, files, now.fences());
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      forget(date, task);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the index of " + date + " was read", e);
    }
  }

  private synchronized FutureTask<DayIndex> task(LocalDate date, IndexDay files, Fences fences) {
    Loading known = days.get(date);
    if (known != null && known.shows(files, fences)) {
      return known.task();
    }
    FutureTask<DayIndex> task = new FutureTask<>(() -> read(files, fences, known));
    days.put(date, new Loading(files.sizeBytes(), fences, task));
    if (days.size() > DAYS_KEPT) {
      days.remove(days.keySet().iterator().next());
    }
    return task;
  }

  private DayIndex read(IndexDay files, Fences fences, @Nullable Loading known) throws IOException {
    daysRead.incrementAndGet();
    Optional<DayIndex> before = known == null ? Optional.empty() : result(known.task());
    return before.isPresent() && before.get().fences().equals(fences)
        ? view.index(files, before.get())
        : view.index(files, fences);
  }

  private static Optional<DayIndex> result(FutureTask<DayIndex> task) {
    try {
      return task.isDone() ? Optional.of(task.get()) : Optional.empty();
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized void forget(LocalDate date, FutureTask<DayIndex> task) {
    Loading known = days.get(date);
    if (known != null && known.task() == task) {
      days.remove(date);
    }
  }

  /** Returns the time ranges of a day's segments, taken from the coverage if it is up to date. */
  TimeRanges ranges(LocalDate date) throws IOException {
    long size = listing.files(date).sizeBytes();
    synchronized (this) {
      Optional<TimeRanges> known = coverage.upToDate(date, size);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Optional<DayIndex> day = tryDay(date);
    if (day.isEmpty()) {
      return new TimeRanges();
    }
    Coverage.Day covered = day.get().coverage();
    synchronized (this) {
      coverage.put(date, covered);
    }
    return covered.ranges();
  }
}
