package io.lva.asset.format;

/** Written by a later version of the asset format: nothing is wrong, and nothing may be changed. */
public final class LaterFormatException extends AssetFormatException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message which version
   */
  public LaterFormatException(String message) {
    super(message);
  }
}
