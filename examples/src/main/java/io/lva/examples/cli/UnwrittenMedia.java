package io.lva.examples.cli;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;

/**
 * Notes whether any recording ended with some of its media unwritten.
 *
 * <p>Thread-safe.
 */
final class UnwrittenMedia implements EventListener {
  private static final String NOT_WRITTEN = "notWritten";

  private volatile boolean any;

  @Override
  public void event(EventRecord record) {
    any |=
        record.event() instanceof GraphEvent.StorageError error
            && error.errorCode().equals(NOT_WRITTEN);
  }

  /** Returns whether any media that was received was not written. */
  boolean any() {
    return any;
  }
}
