package io.lva.asset.format;

/**
 * Thrown when bytes were written in a later version of the asset format. They are not damaged and
 * must not be changed.
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
