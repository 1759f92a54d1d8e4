package io.lva.asset.archive;

import java.io.IOException;

/**
 * Thrown when somebody without the lock has changed the index: rows that were appended before may
 * be missing.
 */
public final class IndexChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  IndexChangedException(String file) {
    super(file + " was changed by somebody without the lock; looking at it again");
  }
}
