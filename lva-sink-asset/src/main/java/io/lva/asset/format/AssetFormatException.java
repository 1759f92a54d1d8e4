package io.lva.asset.format;

import java.io.IOException;

/** Bytes of an asset are not what the asset format says. */
public class AssetFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong and where
   */
  public AssetFormatException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what is wrong and where
   * @param cause what failed below
   */
  public AssetFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
