package io.lva.asset.upload;

import io.lva.asset.archive.AssetView;
import io.lva.asset.format.Fences;
import java.io.IOException;

/**
 * Tells readers of a spool which of its rows count in the asset that it is published to.
 *
 * <p>Thread-safe: there is no state.
 */
public final class SpoolEpochs {
  private SpoolEpochs() {}

  /**
   * Returns which rows of a spool count.
   *
   * @param spool the spool of an asset
   * @param published the fences of the asset in the store
   * @return the same fences, with the epochs that the spool's recordings have in the asset
   * @throws IOException when the disk of the spool fails
   */
  public static Fences fences(AssetView spool, Fences published) throws IOException {
    byte[] document =
        spool.store().read(spool.path(UploadState.NAME), UploadState.LARGEST_BYTES).content();
    return AdoptedEpochs.parse(UploadState.parse(document)).applyTo(published);
  }
}
