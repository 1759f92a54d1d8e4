package io.lva.asset.store;

import java.io.IOException;

/**
 * Thrown when the right to write an asset is gone, because another writer has it or it was given
 * up.
 */
public final class LockLostException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param folder of the asset
   * @param epoch of the writer that lost its lock
   */
  public LockLostException(String folder, long epoch) {
    super("asset " + folder + ": another writer has taken over from epoch " + epoch);
  }
}
