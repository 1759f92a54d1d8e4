package io.lva.asset.store;

import java.io.IOException;

/** Thrown when an asset already has a writer. An asset can have only one writer at a time. */
public final class AssetInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param asset name of the asset
   * @param owner who holds it, for example {@code another recording process}
   */
  public AssetInUseException(String asset, String owner) {
    super("asset " + asset + " is in use by " + owner);
  }
}
