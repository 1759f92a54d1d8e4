package io.lva.asset.upload;

import io.lva.asset.archive.AssetView;
import io.lva.asset.format.Fences;
import java.io.IOException;

/**
 * Tells readers of a spool which of its segments the asset in the store takes.
 *
 * <p>Thread-safe: there is no state.
 */
public final class SpoolEpochs {
  private SpoolEpochs() {}

  /**
   * Returns which segments of a spool count.
   *
   * @param spool of an asset
   * @param published fences of the asset in the store
   * @return the same fences, with the epochs of the runs that began while the store was away
   * @throws IOException when the disk of the spool refuses
   */
  public static Fences fences(AssetView spool, Fences published) throws IOException {
    byte[] document =
        spool.store().read(spool.path(UploadState.NAME), UploadState.LARGEST_BYTES).content();
    return published.ofSpool(AdoptedEpochs.parse(UploadState.parse(document)).byFirstRun());
  }
}
