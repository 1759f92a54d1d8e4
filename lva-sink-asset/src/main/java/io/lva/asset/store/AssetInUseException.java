package io.lva.asset.store;

import java.io.IOException;

/** An asset has one writer at a time, and there is one. */
public final class AssetInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param asset name of the asset
   * @param owner who holds it, for example {@code another recording process}
   */
  public AssetInUseException(String asset, String owner) {
    super("asset " + asset + " is in use by " + owner);
  }
}
