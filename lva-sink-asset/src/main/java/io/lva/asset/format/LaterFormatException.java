package io.lva.asset.format;

/**
 * Thrown when a later version of the asset format wrote the bytes: they are not damaged, and must
 * not be changed.
 */
public final class LaterFormatException extends AssetFormatException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message names the version
   */
  public LaterFormatException(String message) {
    super(message);
  }
}
