package io.lva.asset.record;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.store.AssetStore;
import io.lva.asset.upload.SpoolUploader;
import io.lva.asset.upload.UploadListener;
import io.lva.asset.upload.UploadPolicy;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Opens spools, each with its uploader.
 *
 * <p>Immutable.
 *
 * @param spool the store in which assets are recorded
 * @param store the store to which they are published
 * @param policy limits and owner of the uploads
 * @param threads where uploads run
 * @param listeners makes the listener for an asset, given its name
 */
record SpoolOpener(
    DiskAssetStore spool,
    AssetStore store,
    UploadPolicy policy,
    ScheduledExecutorService threads,
    Function<String, UploadListener> listeners)
    implements OpenAsset.Opener {
  @Override
  public OpenAsset open(String name) throws IOException {
    AssetFolder folder = AssetFolder.openSpool(spool, name, policy.clock());
    boolean done = false;
    try {
      SpoolUploader uploader =
          SpoolUploader.open(folder, store, policy, threads, listeners.apply(name));
      done = true;
      return OpenAsset.spooled(folder, uploader);
    } finally {
      if (!done) {
        folder.close();
      }
    }
  }
}
