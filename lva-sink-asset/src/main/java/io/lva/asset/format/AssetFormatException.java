package io.lva.asset.format;

import java.io.IOException;

/** Thrown when bytes of an asset do not conform to the asset format. */
public class AssetFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong and where
   */
  public AssetFormatException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what is wrong and where
   * @param cause the underlying failure
   */
  public AssetFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
