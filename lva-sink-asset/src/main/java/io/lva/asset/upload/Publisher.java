package io.lva.asset.upload;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows of a spool, with the files they describe, under the lock of the asset in the
 * store. Every step may be repeated.
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
   * Notes the epoch of a lock. If that fails, releases the lock, so that nothing gets its epoch.
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

  /**
   * Returns whether the spool has the newest recording: nobody else has recorded since, as far as
   * is known.
   */
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

  /** Releases the lock. */
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

  /**
   * Publishes rows; returns the segment among them that readers of the store can now find, if any.
   */
  Optional<SegmentRow> publish(SpoolRows.RowBatch batch) throws IOException {
    StoredAsset asset = connect();
    List<IndexRow> published =
        new ArrayList<>(batch.others(lock -> !asset.isSuperseded(state.epochOfLock(lock))));
    Optional<SegmentRow> segment = batch.segment();
    boolean uploaded = false;
    if (segment.isPresent()) {
      SegmentRow stamped = state.stamped(segment.get());
      uploaded = upload(asset, segment.get(), stamped);
      if (uploaded) {
        published.addAll(settled(segment.get()));
        published.add(stamped);
      }
    }
    if (!published.isEmpty()) {
      asset.append(published);
    }
    if (uploaded) {
      unsettled = List.of();
    }
    state.position(batch.file(), batch.end());
    if (segment.isPresent()) {
      backlog.remove(segment.get());
      if (uploaded) {
        policy.copies().keep(spool, segment.get().file(), segment.get().sizeBytes());
      }
    }
    return uploaded ? segment : Optional.empty();
  }

  /**
   * Returns rows that close the open gaps of the asset in the store, if the segment was recorded
   * without the lock of the store.
   */
  private List<GapCloseRow> settled(SegmentRow row) {
    return unsettled.stream()
        .filter(gap -> row.epoch() == 0 && !gap.start().isAfter(row.start()))
        .map(gap -> new GapCloseRow(gap.closedAt(row.start()), false))
        .toList();
  }

  /**
   * Uploads a segment; returns false when it is not in the spool, as its tombstone says, or no
   * longer counts because somebody else has recorded since.
   */
  private boolean upload(StoredAsset asset, SegmentRow row, SegmentRow stamped) throws IOException {
    if (!backlog.claim(row)) {
      return false;
    }
    if (!asset.accepts(stamped)) {
      if (aside.add(row)) {
        listener.superseded(row);
      }
      return false;
    }
    try (StoredFile file = spool.view().open(row.file())) {
      ByteSource content = row.epoch() == 0 ? StampedFile.of(file, stamped.epoch()) : file;
      asset.put(stamped, policy.rate().paced(content));
      return true;
    } catch (NoSuchFileException e) {
      if (asset.has(row)) {
        return true; // published before, and the note of that is older
      }
      spool.index().append(tombstone(row, GapCause.STORAGE_ERROR));
      listener.failed(e);
      return false;
    }
  }

  /** Returns the index row of a segment that is gone. */
  static TombstoneRow tombstone(SegmentRow row, GapCause cause) {
    return new TombstoneRow(row.run(), row.sequence(), row.file(), row.start(), row.end(), cause);
  }
}
