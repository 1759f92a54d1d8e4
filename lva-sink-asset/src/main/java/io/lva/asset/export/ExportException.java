package io.lva.asset.export;

import java.io.IOException;

/**
 * Thrown when a range cannot be exported as one file; the message says why, and what can be
 * exported.
 */
public final class ExportException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message one line for the operator
   */
  public ExportException(String message) {
    super(message);
  }
}
