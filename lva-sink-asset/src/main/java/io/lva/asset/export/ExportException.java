package io.lva.asset.export;

import java.io.IOException;

/** A range cannot be exported as one file; the message says why and what can be. */
public final class ExportException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message one line for the operator
   */
  public ExportException(String message) {
    super(message);
  }
}
