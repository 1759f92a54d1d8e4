package io.lva.asset.record;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetRecovery;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.upload.SpoolUploader;
import io.lva.asset.upload.UploadStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An asset that is open for recording: a folder on this disk, or the spool of an asset that is kept
 * elsewhere.
 *
 * <p>Thread-safe.
 */
final class OpenAsset {
  private final AssetFolder folder;
  private final Optional<SpoolUploader> uploader;

  private OpenAsset(AssetFolder folder, Optional<SpoolUploader> uploader) {
    this.folder = folder;
    this.uploader = uploader;
  }

  /** Opens an asset; this may take as long as the store needs. */
  @FunctionalInterface
  interface Opener {
    OpenAsset open(String name) throws IOException;
  }

  /** Returns an asset that is recorded where it stays. */
  static OpenAsset inPlace(AssetFolder folder) {
    return new OpenAsset(folder, Optional.empty());
  }

  /** Returns an asset whose files are published elsewhere. */
  static OpenAsset spooled(AssetFolder spool, SpoolUploader uploader) {
    uploader.wake();
    return new OpenAsset(spool, Optional.of(uploader));
  }

  String name() {
    return folder.name();
  }

  /** Returns the folder that is written to. */
  AssetFolder folder() {
    return folder;
  }

  /**
   * Returns what the asset holds, according to the folder or the store, whichever has the newest
   * recording.
   */
  AssetHistory history() {
    int runs = folder.index().nextRunNumber();
    if (uploader.isEmpty()) {
      return history(folder.epoch(), runs, folder.recovered());
    }
    SpoolUploader uploads = uploader.get();
    Optional<StoredAsset> store = uploads.history();
    int allRuns = Math.max(uploads.runs(runs), store.map(StoredAsset::runs).orElse(0));
    AssetRecovery.Report witness =
        store.isPresent() && !uploads.isSpoolNewest()
            ? store.get().recovered()
            : folder.recovered();
    return history(uploads.epoch(), allRuns, witness);
  }

  private static AssetHistory history(long epoch, int runs, AssetRecovery.Report witness) {
    return new AssetHistory(epoch, runs, witness.lastEnd(), witness.openGaps());
  }

  /** Appends a row to the index; in a spool, the uploader publishes the row from there. */
  void append(IndexRow row) throws IOException {
    if (uploader.isPresent()) {
      uploader.get().append(row);
    } else {
      folder.index().append(row);
    }
  }

  /**
   * Puts the folder in order after somebody changed files in it. Does nothing in a spool, whose
   * files come and go.
   *
   * @return the number of rows that were added to the index
   */
  int putInOrder() throws IOException {
    return uploader.isPresent() ? 0 : folder.putInOrder();
  }

  /** Returns how far publishing is behind. */
  UploadStatus uploads() {
    return uploader.map(SpoolUploader::status).orElse(UploadStatus.NONE);
  }

  /**
   * Sets the listener that is called when a segment can be played from the store.
   *
   * @return false when the asset is recorded where it stays, in which case the listener is never
   *     called
   */
  boolean whenPublished(Consumer<SegmentRow> listener) {
    uploader.ifPresent(uploads -> uploads.whenPublished(listener));
    return uploader.isPresent();
  }

  /** Closes the asset when everything is published. */
  void close(Runnable closed) throws IOException {
    if (uploader.isPresent()) {
      uploader.get().finish(closed);
    } else {
      folder.close();
      closed.run();
    }
  }

  /** Closes a spool now; the rest is published by the next recording. */
  void abandon() {
    uploader.ifPresent(SpoolUploader::abandon);
  }
}
