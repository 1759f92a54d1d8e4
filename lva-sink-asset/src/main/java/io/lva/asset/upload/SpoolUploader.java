package io.lva.asset.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.format.IndexRow;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.format.TombstoneRow;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.LockLostException;
import io.lva.asset.store.StoredFile;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what an asset's spool holds: each complete segment, then its row, then the copy in the
 * spool goes. All state is in the spool, so that a process that was killed is followed by one that
 * goes on.
 *
 * <p>When the spool is full its oldest segment that is not being uploaded is deleted, and a
 * tombstone says so.
 *
 * <p>Thread-safe. One upload of the asset runs at a time.
 */
public final class SpoolUploader {
  private static final System.Logger LOGGER = System.getLogger(SpoolUploader.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final AssetFolder spool;
  private final AssetStore store;
  private final UploadPolicy policy;
  private final ScheduledExecutorService threads;
  private final UploadListener listener;
  private final UploadState state;
  private final SpoolRows rows;

  @GuardedBy("this")
  private final Deque<SegmentRow> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private long waitingBytes;

  @GuardedBy("this")
  private @Nullable SegmentRow inFlight;

  @GuardedBy("this")
  private boolean scheduled;

  @GuardedBy("this")
  private boolean news;

  @GuardedBy("this")
  private @Nullable Runnable whenDone;

  @GuardedBy("this")
  private boolean abandoned;

  private @Nullable StoredAsset target;
  private Duration pause = FIRST_PAUSE;

  private SpoolUploader(
      AssetFolder spool,
      AssetStore store,
      UploadPolicy policy,
      ScheduledExecutorService threads,
      UploadListener listener)
      throws IOException {
    this.spool = spool;
    this.store = store;
    this.policy = policy;
    this.threads = threads;
    this.listener = listener;
    this.state = UploadState.read(spool);
    this.rows = new SpoolRows(spool);
    for (SegmentRow row : rows.waiting()) {
      added(row);
    }
  }

  /**
   * Opens the uploader of a spool. The store is asked for the asset's lock and history when it can
   * be reached; when not, the spool must know the asset from before.
   *
   * @param spool the open spool of the asset
   * @param store where it is published
   * @param policy limits and owner
   * @param threads where uploads run
   * @param listener told of failures
   * @return the uploader; nothing is uploaded before {@link #wake}
   * @throws IOException when somebody else writes the asset, or the store cannot be reached and the
   *     spool is new
   */
  public static SpoolUploader open(
      AssetFolder spool,
      AssetStore store,
      UploadPolicy policy,
      ScheduledExecutorService threads,
      UploadListener listener)
      throws IOException {
    SpoolUploader uploader = new SpoolUploader(spool, store, policy, threads, listener);
    try {
      StoredAsset asset = StoredAsset.open(store, spool.name(), policy.owner(), policy.clock());
      uploader.target = asset;
      uploader.state.epoch(asset.epoch());
    } catch (AssetInUseException e) {
      throw e;
    } catch (IOException e) {
      if (uploader.state.epoch() == 0) {
        throw e;
      }
      listener.failed(e);
    }
    return uploader;
  }

  /**
   * Returns what the store knew of the asset when it was opened.
   *
   * @return empty when the store could not be reached, or the spool is the better witness because
   *     the same owner recorded last
   */
  public synchronized Optional<StoredAsset> history() {
    return Optional.ofNullable(target).filter(asset -> !asset.resumed());
  }

  /**
   * Returns the epoch that new files carry.
   *
   * @return that of the last lock on the store
   */
  public long epoch() {
    return state.epoch();
  }

  /**
   * Takes note of a segment whose row is in the spool's index.
   *
   * @param row of the segment
   */
  public void completed(SegmentRow row) {
    added(row);
    evict();
    wake();
  }

  private synchronized void added(SegmentRow row) {
    waiting.addLast(row);
    waitingBytes += row.sizeBytes();
  }

  /**
   * Returns how many bytes wait to be uploaded.
   *
   * @return size of the complete segments in the spool
   */
  public synchronized long waitingBytes() {
    return waitingBytes;
  }

  /** Looks for rows to publish. */
  public synchronized void wake() {
    news = true;
    if (!scheduled && !abandoned) {
      scheduled = true;
      threads.execute(this::work);
    }
  }

  /**
   * Ends the uploader when everything is published.
   *
   * @param done called once, on an upload thread
   */
  public synchronized void finish(Runnable done) {
    whenDone = done;
    wake();
  }

  /** Ends the uploader now; the rest is published by the next one of this spool. */
  public void abandon() {
    synchronized (this) {
      if (abandoned) {
        return;
      }
      abandoned = true;
      if (scheduled) {
        return; // the upload that runs ends it
      }
      scheduled = true;
    }
    threads.execute(this::end);
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  private void work() {
    try {
      while (takeNews()) {
        Optional<SpoolRows.Batch> batch = rows.next(state);
        while (batch.isPresent() && !isAbandoned()) {
          publish(batch.get());
          pause = FIRST_PAUSE;
          listener.recovered();
          batch = rows.next(state);
        }
        rows.trim(state);
      }
    } catch (IOException e) {
      failed(e);
      return;
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.ERROR, spool.name() + ": uploading failed", e);
      failed(new IOException("uploading failed: " + e, e));
      return;
    }
    if (isOver()) {
      end();
    }
  }

  /**
   * Returns whether there may be rows to publish; when not, the next {@link #wake} begins again.
   */
  private synchronized boolean takeNews() {
    boolean some = news && !abandoned;
    news = false;
    scheduled = some || whenDone != null || abandoned;
    return some;
  }

  private synchronized boolean isOver() {
    return scheduled;
  }

  private void failed(IOException failure) {
    listener.failed(failure);
    if (failure instanceof LockLostException) {
      disconnect();
    }
    evict();
    if (isAbandoned()) {
      end();
      return;
    }
    long jitter = ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1);
    ScheduledFuture<?> unused =
        threads.schedule(this::work, pause.toNanos() / 2 + jitter, TimeUnit.NANOSECONDS);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void end() {
    disconnect();
    Runnable done;
    synchronized (this) {
      done = whenDone;
      whenDone = null;
      abandoned = true;
    }
    try {
      spool.close();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, spool.root() + " was not closed", e);
    }
    if (done != null) {
      done.run();
    }
  }

  private void disconnect() {
    StoredAsset asset = target;
    target = null;
    if (asset != null) {
      try {
        asset.close();
      } catch (IOException e) {
        LOGGER.log(System.Logger.Level.DEBUG, "lock of " + spool.name() + " was not released", e);
      }
    }
  }

  private StoredAsset connect() throws IOException {
    StoredAsset asset = target;
    if (asset == null) {
      asset = StoredAsset.open(store, spool.name(), policy.owner(), policy.clock());
      if (!asset.resumed()) {
        asset.close();
        abandon();
        throw new LockLostException(spool.name(), state.epoch());
      }
      target = asset;
      state.epoch(asset.epoch());
    }
    return asset;
  }

  private void publish(SpoolRows.Batch batch) throws IOException {
    StoredAsset asset = connect();
    List<IndexRow> published = batch.rows();
    Optional<SegmentRow> segment = batch.segment();
    if (segment.isPresent() && !upload(asset, segment.get())) {
      published = published.stream().filter(row -> !(row instanceof SegmentRow)).toList();
    }
    if (!published.isEmpty()) {
      asset.append(published);
    }
    state.position(batch.file(), batch.end());
    if (segment.isPresent() && published.contains(segment.get())) {
      spool.writer().delete(segment.get().file());
      uploaded(segment.get());
    }
  }

  /**
   * Returns false when the segment was deleted from the spool, of which its tombstone tells, or
   * when it counts no more because somebody else has recorded since: it then stays in the spool.
   */
  private boolean upload(StoredAsset asset, SegmentRow row) throws IOException {
    if (!asset.accepts(row)) {
      listener.failed(new LockLostException(spool.name(), row.epoch()));
      return false;
    }
    synchronized (this) {
      inFlight = row;
    }
    try (StoredFile file = spool.view().open(row.file())) {
      asset.put(row, file);
      listener.uploaded(row);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } finally {
      synchronized (this) {
        inFlight = null;
      }
    }
  }

  private synchronized void uploaded(SegmentRow row) {
    if (waiting.remove(row)) {
      waitingBytes -= row.sizeBytes();
    }
  }

  /** Deletes the oldest segments that are not being uploaded, until the rest fits. */
  private void evict() {
    Optional<SegmentRow> oldest = oldestBeyondLimit();
    while (oldest.isPresent()) {
      SegmentRow row = oldest.get();
      try {
        spool
            .index()
            .append(
                new TombstoneRow(
                    row.run(),
                    row.sequence(),
                    row.file(),
                    row.start(),
                    row.end(),
                    GapCause.CACHE_OVERFLOW));
        spool.writer().delete(row.file());
        listener.evicted(row);
      } catch (IOException e) {
        listener.failed(e);
        return;
      }
      oldest = oldestBeyondLimit();
    }
  }

  private synchronized Optional<SegmentRow> oldestBeyondLimit() {
    if (waitingBytes <= policy.maximumBytes()) {
      return Optional.empty();
    }
    SegmentRow kept = inFlight;
    Optional<SegmentRow> oldest = waiting.stream().filter(row -> !row.equals(kept)).findFirst();
    if (oldest.isPresent()) {
      uploaded(oldest.get());
    }
    return oldest;
  }
}
