package io.lva.asset.upload;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.index.TrackRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows of a spool, with the files they describe, under the lock of the asset in the
 * store. Each step may be repeated.
 *
 * <p>Confined to one upload at a time.
 */
final class Publisher {
  private static final System.Logger LOGGER = System.getLogger(Publisher.class.getName());

  private final AssetFolder spool;
  private final AssetStore store;
  private final UploadPolicy policy;
  private final UploadState state;
  private final Backlog backlog;
  private final SupersededFiles aside;
  private final UploadListener listener;
  private List<Gap> unsettled = List.of();
  private volatile @Nullable StoredAsset target;

  Publisher(
      AssetFolder spool,
      AssetStore store,
      UploadPolicy policy,
      UploadState state,
      Backlog backlog,
      SupersededFiles aside,
      UploadListener listener) {
    this.spool = spool;
    this.store = store;
    this.policy = policy;
    this.state = state;
    this.backlog = backlog;
    this.aside = aside;
    this.listener = listener;
  }

  /** Returns the asset in the store while it is locked. */
  Optional<StoredAsset> target() {
    return Optional.ofNullable(target);
  }

  /** Locks the asset in the store, unless it is locked already. */
  StoredAsset connect() throws IOException {
    StoredAsset asset = target;
    if (asset == null) {
      asset = StoredAsset.open(store, spool.name(), policy.owner(), policy.clock());
      note(asset);
      unsettled = asset.recovered().openGaps();
      target = asset;
    }
    return asset;
  }

  /**
   * Notes the epoch of a lock; if that fails, gives the lock back, so that nothing gets its epoch.
   */
  private void note(StoredAsset asset) throws IOException {
    boolean noted = false;
    try {
      state.locked(asset.epoch());
      noted = true;
    } finally {
      if (!noted) {
        close(asset);
      }
    }
  }

  /** Returns whether nobody else has recorded since the spool did; true while that is not known. */
  boolean isSpoolNewest() {
    StoredAsset asset = target;
    if (asset == null) {
      return true;
    }
    Optional<SegmentRow> newest = spool.recovered().newest().map(state::stamped);
    return newest.isPresent()
        ? !asset.isSuperseded(newest.get().epoch())
        : asset.resumed() && !spool.recovered().openGaps().isEmpty();
  }

  /** Gives the lock back. */
  void disconnect() {
    StoredAsset asset = target;
    target = null;
    if (asset != null) {
      close(asset);
    }
  }

  private void close(StoredAsset asset) {
    try {
      asset.close();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "lock of " + spool.name() + " was not released", e);
    }
  }

  /** Publishes rows; returns the segment that can be found in the store now, if there is one. */
  Optional<SegmentRow> publish(SpoolRows.RowBatch batch) throws IOException {
    StoredAsset asset = connect();
    List<IndexRow> published =
        new ArrayList<>(batch.others(lock -> !asset.isSuperseded(state.epochOfLock(lock))));
    Optional<SegmentRow> segment = batch.segment();
    Optional<SegmentRow> uploaded =
        segment.isPresent() ? upload(asset, segment.get()) : Optional.empty();
    if (uploaded.isPresent()) {
      published.addAll(settled(segment.get()));
      published.add(uploaded.get());
    }
    if (!published.isEmpty()) {
      asset.append(published);
    }
    if (uploaded.isPresent()) {
      unsettled = List.of();
    }
    state.position(batch.file(), batch.end());
    if (segment.isPresent()) {
      backlog.remove(segment.get());
      if (uploaded.isPresent()) {
        policy.copies().keep(spool, segment.get().file(), segment.get().sizeBytes());
      }
    }
    return uploaded.isPresent() ? segment : Optional.empty();
  }

  /**
   * Publishes what there is so far of the segment that is being written: the portion of its file
   * that is whole, and a row that describes the complete fragments.
   *
   * @param row describes these fragments; its size is that of the whole portion of the file
   * @return false when the segment is no longer being written, or does not count
   */
  boolean extend(SegmentRow row) throws IOException {
    StoredAsset asset = connect();
    SegmentRow stamped = state.stamped(row);
    if (!asset.accepts(stamped) || asset.isSuperseded(stamped.epoch())) {
      return false;
    }
    state.begun(row);
    backlog.begin(row);
    try (StoredFile file = spool.view().open(row.file() + SegmentName.PART_SUFFIX)) {
      ByteSource whole = ByteSource.range(content(file, row, stamped), 0, row.sizeBytes());
      asset.extend(row.file(), policy.rate().paced(whole));
    } catch (NoSuchFileException e) {
      return false;
    }
    List<IndexRow> published = new ArrayList<>(settled(row));
    published.add(described(stamped));
    asset.append(published);
    unsettled = List.of();
    return true;
  }

  /**
   * Returns the row of a file that grows: it ends with the fragments that it describes, before the
   * file does.
   */
  private static SegmentRow described(SegmentRow row) {
    long end = 0;
    for (TrackRow track : row.tracks()) {
      Fragments fragments = track.fragments();
      int last = fragments.count() - 1;
      end = last < 0 ? end : Math.max(end, fragments.offset(last) + fragments.length(last));
    }
    return row.withSize(end);
  }

  /**
   * Returns rows that end the open gaps of the store, when the segment was recorded without its
   * lock.
   */
  private List<GapCloseRow> settled(SegmentRow row) {
    return unsettled.stream()
        .filter(gap -> row.epoch() == 0 && !gap.start().isAfter(row.start()))
        .map(gap -> new GapCloseRow(gap.closedAt(row.start()), false))
        .toList();
  }

  /**
   * Uploads a segment; returns the row of what is in the store. There is none when the segment is
   * not in the spool, as its tombstone says, or no longer counts because somebody else has recorded
   * since.
   */
  private Optional<SegmentRow> upload(StoredAsset asset, SegmentRow row) throws IOException {
    if (!backlog.claim(row)) {
      return Optional.empty();
    }
    SegmentRow stamped = state.stamped(row);
    if (!counts(asset, stamped)) {
      if (aside.add(row)) {
        listener.superseded(row);
      }
      return Optional.empty();
    }
    try (StoredFile file = spool.view().open(row.file())) {
      return Optional.of(asset.put(stamped, policy.rate().paced(content(file, row, stamped))));
    } catch (NoSuchFileException e) {
      Optional<SegmentRow> found = asset.find(stamped); // perhaps the note of that is older
      if (found.isEmpty()) {
        spool.index().append(tombstone(row, GapCause.STORAGE_ERROR));
        listener.failed(e);
      } else if (found.get().end().isBefore(row.end())) {
        spool.index().append(cut(row, found.get().end()));
        listener.failed(e);
      }
      return found;
    }
  }

  /**
   * Returns whether a segment counts. Of one that was published while it was written, what its
   * recorder added after another one had taken over does not.
   */
  private static boolean counts(StoredAsset asset, SegmentRow row) throws IOException {
    return asset.accepts(row)
        && (!asset.extendsFiles() || !asset.isSuperseded(row.epoch()) || asset.has(row));
  }

  private static ByteSource content(StoredFile file, SegmentRow row, SegmentRow stamped)
      throws IOException {
    return row.epoch() == 0 ? StampedFile.of(file, stamped.epoch()) : file;
  }

  /** Returns the gap behind what was published of a segment that is gone. */
  private static GapCloseRow cut(SegmentRow row, Instant end) {
    String id = "cut-" + row.run() + "-" + row.sequence();
    Gap gap = Gap.open(id, end, GapOrigin.UPLOADER, GapCause.STORAGE_ERROR);
    return new GapCloseRow(gap.closedAt(row.end()), false);
  }

  /** Returns what the index says of a segment that is gone. */
  static TombstoneRow tombstone(SegmentRow row, GapCause cause) {
    return new TombstoneRow(row.run(), row.sequence(), row.file(), row.start(), row.end(), cause);
  }
}
