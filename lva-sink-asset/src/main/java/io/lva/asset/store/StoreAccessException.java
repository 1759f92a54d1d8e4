package io.lva.asset.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store refuses access: wrong or expired credentials, a missing permission, a
 * container that does not exist. Unlike an outage, this does not pass by itself; somebody has to
 * act.
 */
public final class StoreAccessException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is refused and what to do, without secrets
   * @param cause the error that the client library reports; null when it may hold secrets
   */
  public StoreAccessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
