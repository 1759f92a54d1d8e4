package io.lva.asset.record;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.format.IndexRow;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.upload.SpoolUploader;
import java.io.IOException;
import java.util.Optional;

/**
 * An asset that is open for recording: a folder of this disk, or the spool of an asset elsewhere.
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

  /** Opens an asset; may take as long as the store does. */
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

  /** Returns the folder that is written. */
  AssetFolder folder() {
    return folder;
  }

  /** Returns what the asset holds, as its best witness has it. */
  AssetHistory history() {
    Optional<StoredAsset> elsewhere = uploader.flatMap(SpoolUploader::history);
    int runs = folder.index().nextRunNumber();
    if (elsewhere.isPresent()) {
      StoredAsset asset = elsewhere.get();
      return new AssetHistory(
          asset.epoch(),
          Math.max(runs, asset.runs()),
          asset.recovered().lastEnd(),
          asset.recovered().openGaps());
    }
    return new AssetHistory(
        uploader.map(SpoolUploader::epoch).orElse(folder.epoch()),
        runs,
        folder.recovered().lastEnd(),
        folder.recovered().openGaps());
  }

  /** Appends a row to the index, from where it is published. */
  void append(IndexRow row) throws IOException {
    folder.index().append(row);
    uploader.ifPresent(
        uploads -> {
          if (row instanceof SegmentRow segment) {
            uploads.completed(segment);
          } else {
            uploads.wake();
          }
        });
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
