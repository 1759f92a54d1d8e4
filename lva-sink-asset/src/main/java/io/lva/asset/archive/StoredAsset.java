package io.lva.asset.archive;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Fences;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.util.List;

/**
 * An asset in any store, open for publishing files that are complete.
 *
 * <p>Confined to one thread at a time.
 */
public final class StoredAsset implements AutoCloseable {
  private final AssetStore store;
  private final String folder;
  private final AssetWriter writer;
  private final Fences fences;
  private final AssetIndex index;
  private final AssetRecovery.Report recovered;

  private StoredAsset(AssetStore store, String name, AssetWriter writer, Clock clock)
      throws IOException {
    this.store = store;
    this.folder = AssetLayout.folderName(name);
    this.writer = writer;
    new AssetOpening(store, writer, name).describe(clock);
    Fences before = IndexFiles.fences(store, folder);
    this.index = new AssetIndex(store, folder, writer, clock, before);
    AssetRecovery recovery =
        new AssetRecovery(store, folder, writer, index, before, writer.epoch());
    this.recovered = writer.resumed() ? recovery.recoverRows() : recovery.recoverNewest();
    this.fences = writer.resumed() ? before : recovered.writeFence(store, folder, writer, before);
    writer.settle();
  }

  /**
   * Opens an asset. What another owner left is recovered; a recording by the same owner continues.
   *
   * @param store where the asset is
   * @param name the name of the asset; a new asset is made when none has this name
   * @param owner see {@link AssetStore#lock}
   * @param clock tells the creation time of a new asset
   * @return the asset, locked
   * @throws io.lva.asset.store.AssetInUseException when somebody else writes it
   * @throws io.lva.asset.format.AssetFormatException when the folder is not this asset, or its
   *     description is damaged or has a later version of the format
   * @throws IOException when the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static StoredAsset open(AssetStore store, String name, String owner, Clock clock)
      throws IOException {
    AssetWriter writer = store.lock(AssetLayout.folderName(name), name, owner);
    boolean done = false;
    try {
      StoredAsset asset = new StoredAsset(store, name, writer, clock);
      done = true;
      return asset;
    } finally {
      if (!done) {
        writer.close();
      }
    }
  }

  /**
   * Returns the epoch of this lock.
   *
   * @return 1 or more
   */
  public long epoch() {
    return writer.epoch();
  }

  /**
   * Returns whether the same owner was the last to record the asset, and had put it in order.
   *
   * @return true when files that this owner recorded before still count
   */
  public boolean resumed() {
    return writer.resumed();
  }

  /**
   * Returns how many runs the asset has had.
   *
   * @return the number of the next run
   */
  public int runs() {
    return index.nextRunNumber();
  }

  /**
   * Returns what was found when the asset was opened.
   *
   * @return the report, which says where the recording continues
   */
  public AssetRecovery.Report recovered() {
    return recovered;
  }

  /**
   * Returns whether a segment counts.
   *
   * @param row as its file has it
   * @return false when somebody else took over before it was published
   */
  public boolean accepts(SegmentRow row) {
    return fences.accepts(row);
  }

  /**
   * Returns whether somebody else has taken over from an epoch.
   *
   * @param epoch of a lock; 0 for none
   * @return true when gaps and tombstones of that epoch no longer count unless they are already in
   *     this store
   */
  public boolean isSuperseded(long epoch) {
    return fences.isSuperseded(epoch);
  }

  /**
   * Stores the file of a segment. May be repeated.
   *
   * @param row of the segment
   * @param content its bytes
   * @throws IOException when the store fails or has a file of that name and another size, or the
   *     lock is lost
   */
  public void put(SegmentRow row, ByteSource content) throws IOException {
    if (!writer.put(row.file(), content)) {
      long size = store.size(folder + '/' + row.file()).orElse(-1L);
      if (size != row.sizeBytes()) {
        throw new IOException(
            row.file() + " is in the store with " + size + " bytes, not " + row.sizeBytes());
      }
    }
  }

  /**
   * Returns whether the file of a segment is in the store.
   *
   * @param row of the segment
   * @return true when there is a file of its name and size
   * @throws IOException when the store fails
   */
  public boolean has(SegmentRow row) throws IOException {
    return store
        .size(folder + '/' + row.file())
        .filter(size -> size == row.sizeBytes())
        .isPresent();
  }

  /**
   * Appends rows to the index. The call may be repeated.
   *
   * @param rows the rows, in order
   * @throws IOException as for {@link AssetIndex#append(List)}
   */
  public void append(List<? extends IndexRow> rows) throws IOException {
    index.append(rows);
  }

  /**
   * Writes the coverage and releases the lock.
   *
   * @throws IOException when the store fails; the lock is gone nevertheless
   */
  @Override
  public void close() throws IOException {
    try {
      if (writer.held()) {
        index.close();
      }
    } finally {
      writer.close();
    }
  }
}
