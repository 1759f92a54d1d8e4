package io.lva.asset.store;

import java.io.IOException;

/** The right to write an asset. Thread-safe. */
public interface AssetLock extends AutoCloseable {
  /**
   * Tells whether the right is still held; a lease in the cloud can be lost.
   *
   * @return false after closing, or when somebody else became the writer
   */
  boolean held();

  /**
   * Gives the right back; may be called more than once.
   *
   * @throws IOException when the store fails; the right is gone nevertheless
   */
  @Override
  void close() throws IOException;
}
