package io.lva.asset.archive;

import java.io.IOException;

/**
 * Thrown when somebody without the lock has changed the index: rows may be missing that were
 * appended before.
 */
public final class IndexChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  IndexChangedException(String file) {
    super(file + " was changed by somebody without the lock; looking at it again");
  }
}
