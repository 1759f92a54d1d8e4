package io.lva.asset.upload;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.Utc;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.LockLostException;
import io.lva.asset.store.StoreAccessException;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what an asset's spool holds: each complete segment, then its row, then the copy in the
 * spool is deleted or, within a quota, kept for play-back. All state is in the spool, so that the
 * next process goes on where one that was killed stopped.
 *
 * <p>When the spool is full, copies go first. Then its oldest segment that is not being uploaded is
 * deleted, and a tombstone says so.
 *
 * <p>A recording that begins while the store is away writes epoch 0. Its files get the epoch of the
 * next lock when they are published. Its run numbers are higher than any in the store.
 *
 * <p>When another recorder takes the asset over, nothing more is published: the recording goes on
 * in the spool until it is stopped.
 *
 * <p>Thread-safe. One upload of the asset runs at a time.
 */
public final class SpoolUploader {
  private static final System.Logger LOGGER = System.getLogger(SpoolUploader.class.getName());
  private static final Instant RUNS_SINCE = Instant.parse("2020-01-01T00:00:00Z");

  private final AssetFolder spool;
  private final UploadPolicy policy;
  private final UploadListener listener;
  private final UploadState state;
  private final SpoolRows rows;
  private final Backlog backlog;
  private final Publisher publisher;
  private final SupersededFiles aside;
  private final UploadCycle cycle;
  private final int firstRun;

  private volatile UploadStatus.@Nullable State trouble;
  private volatile @Nullable Consumer<SegmentRow> whenPublished;
  private volatile boolean offline;
  private volatile boolean spoolNewest;

  private SpoolUploader(
      AssetFolder spool,
      AssetStore store,
      UploadPolicy policy,
      ScheduledExecutorService threads,
      UploadListener listener)
      throws IOException {
    this.spool = spool;
    this.policy = policy;
    this.listener = listener;
    this.state = UploadState.read(spool);
    this.rows = new SpoolRows(spool);
    this.backlog = rows.backlog(state, policy.clock());
    this.aside = new SupersededFiles(spool, policy.clock());
    this.publisher = new Publisher(spool, store, policy, state, backlog, aside, listener);
    this.cycle = new UploadCycle(threads, new Uploads());
    this.firstRun = Math.max(spool.index().nextRunNumber(), runsUntil(policy.clock()));
    rows.tidy(state, policy.copies());
  }

  /** Returns a number above the run count of any asset: one run per minute since 2020. */
  private static int runsUntil(Clock clock) {
    long minutes = Duration.between(RUNS_SINCE, Utc.instant(clock.utcNanos())).toMinutes();
    return (int) Math.min(Math.max(minutes, 0), OriginBox.HIGHEST_RUN_NUMBER / 2);
  }

  /**
   * Opens the uploader of a spool. If the store can be reached, the asset is locked there and its
   * history is read; otherwise this is tried again later.
   *
   * @param spool the open spool of the asset
   * @param store where it is published
   * @param policy limits and owner of the uploads
   * @param threads where uploads run
   * @param listener told what happens to the uploads
   * @return the uploader; nothing is uploaded before {@link #wake}
   * @throws AssetInUseException when somebody else writes the asset
   * @throws StoreAccessException when the store refuses the credentials and the asset has never
   *     been locked there from this spool
   * @throws IOException when the disk of the spool fails
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
      uploader.publisher.connect();
    } catch (AssetInUseException e) {
      throw e;
    } catch (IOException e) {
      if (e instanceof StoreAccessException && uploader.state.epoch() == 0) {
        throw e;
      }
      uploader.offline = true;
      uploader.state.offline(uploader.firstRun);
      uploader.report(e);
    }
    uploader.settle();
    return uploader;
  }

  /**
   * Notes in the spool since when media is missing, unless somebody else has recorded since then.
   */
  private void settle() throws IOException {
    boolean done = false;
    try {
      spoolNewest = publisher.isSpoolNewest();
      if (spoolNewest) {
        spool.settle();
      }
      done = true;
    } finally {
      if (!done) {
        publisher.disconnect();
      }
    }
  }

  /**
   * Returns the asset in the store, with what it held when it was locked.
   *
   * @return the asset; empty while it is not locked, for example because the store could not be
   *     reached
   */
  public Optional<StoredAsset> history() {
    return publisher.target();
  }

  /**
   * Returns whether the spool held the newest recording when it was opened, because nobody else had
   * recorded since. Also true if the store could not be reached.
   *
   * @return false when the content of the store counts instead
   */
  public boolean isSpoolNewest() {
    return spoolNewest;
  }

  /**
   * Returns the epoch that new files carry.
   *
   * @return the epoch of the lock on the store; 0 when the recording began while the store was
   *     unreachable
   */
  public long epoch() {
    return offline ? 0 : state.epoch();
  }

  /**
   * Returns the number of the next run.
   *
   * @param known number of runs the spool has had
   * @return {@code known}; if the store was unreachable at the start, a number that no run in the
   *     store has
   */
  public int runs(int known) {
    return offline ? firstRun : known;
  }

  /**
   * Sets who is told when a segment can be played from the store.
   *
   * @param listener called on an upload thread
   */
  public void whenPublished(Consumer<SegmentRow> listener) {
    whenPublished = listener;
  }

  /**
   * Returns how far publishing is behind.
   *
   * @return the state now
   */
  public UploadStatus status() {
    UploadStatus.State known = trouble;
    long bytes = backlog.bytes();
    UploadStatus.State usual =
        bytes == 0 ? UploadStatus.State.UP_TO_DATE : UploadStatus.State.UPLOADING;
    return new UploadStatus(
        known == null ? usual : known,
        bytes,
        backlog.age(),
        policy.copies().bytes(spool.view().folder()));
  }

  /**
   * Appends a row to the index of the spool, from which it is published.
   *
   * @param row any row; a segment's row only after its file has its final name
   * @throws IOException when the disk fails; the call may be repeated
   */
  public void append(IndexRow row) throws IOException {
    if (row instanceof SegmentRow segment) {
      backlog.add(segment); // before the upload can find it
    }
    spool.index().append(row);
    evict();
    listener.progressed(status());
    wake();
  }

  /** Looks for rows to publish. */
  public void wake() {
    cycle.wake();
  }

  /**
   * Ends the uploader and closes the spool when everything is published. After {@link #abandon}, or
   * once another recorder has the asset, it does not wait for publishing.
   *
   * @param done called once, on an upload thread
   */
  public void finish(Runnable done) {
    cycle.drain(done);
  }

  /**
   * Ends the uploader and closes the spool, after finishing the segment that is being uploaded, if
   * any. The next uploader of this spool publishes the rest.
   */
  public void abandon() {
    cycle.giveUp();
  }

  /** The work on the upload threads. */
  private final class Uploads implements UploadCycle.Work {
    @Override
    public void publish() throws IOException {
      publishAll();
    }

    @Override
    public void failed(IOException failure) {
      report(failure);
      evict();
    }

    /** Nothing is published from now on, because it would no longer count. */
    @Override
    public void takenOver(LockLostException failure) {
      trouble = UploadStatus.State.TAKEN_OVER;
      listener.failed(failure);
      listener.progressed(status());
      publisher.disconnect();
    }

    @Override
    public void end() {
      publisher.disconnect();
      try {
        spool.close();
      } catch (IOException e) {
        LOGGER.log(System.Logger.Level.WARNING, spool.root() + " was not closed", e);
      }
    }
  }

  private void publishAll() throws IOException {
    Optional<SpoolRows.RowBatch> batch = rows.next(state);
    if (batch.isEmpty() && !cycle.isEnding()) {
      publisher.connect(); // the lock is wanted before there is something to publish
      succeeded();
    }
    while (batch.isPresent() && !cycle.isGivenUp()) {
      publisher.publish(batch.get()).ifPresent(this::published);
      succeeded();
      batch = rows.next(state);
      listener.progressed(status());
    }
    rows.trim(state, policy.copies());
  }

  private void report(IOException failure) {
    trouble =
        failure instanceof StoreAccessException
            ? UploadStatus.State.ACCESS_DENIED
            : UploadStatus.State.STORE_AWAY;
    listener.failed(failure);
    listener.progressed(status());
  }

  private void succeeded() {
    cycle.succeeded();
    trouble = null;
    listener.recovered();
  }

  private void published(SegmentRow row) {
    listener.published(row);
    Consumer<SegmentRow> told = whenPublished;
    if (told != null) {
      told.accept(row);
    }
  }

  /**
   * Deletes segments that no longer count, then the oldest copies of published segments, then the
   * oldest segments that the upload has not claimed, until the rest fits.
   */
  private void evict() {
    try {
      long room = policy.maximumBytes() - backlog.bytes();
      aside.trim(room);
      policy.copies().trim(spool.view().folder(), room - aside.bytes());
    } catch (IOException e) {
      listener.failed(e);
    }
    Optional<SegmentRow> oldest = backlog.evictBeyond(policy.maximumBytes());
    while (oldest.isPresent()) {
      SegmentRow row = oldest.get();
      try {
        TombstoneRow tombstone = Publisher.tombstone(row, GapCause.CACHE_OVERFLOW);
        spool.index().append(List.of(tombstone), state.lockOf(row));
        spool.writer().delete(row.file());
        listener.evicted(row);
      } catch (IOException e) {
        backlog.restore(row);
        listener.failed(e);
        return;
      }
      oldest = backlog.evictBeyond(policy.maximumBytes());
    }
  }
}
