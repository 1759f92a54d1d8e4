package io.lva.asset.store;

import io.lva.fmp4.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of a store, read by ranges. A file that is still being written grows.
 *
 * <p>Thread-safe, except for closing.
 */
public interface StoredFile extends ByteSource, AutoCloseable {
  /**
   * Closes the file.
   *
   * @throws IOException when the store fails
   */
  @Override
  void close() throws IOException;

  /**
   * Reads until the target is full.
   *
   * @param position first byte to read
   * @param target filled to its limit
   * @throws EOFException when the file ends before the target is full
   * @throws IOException when the store fails
   */
  default void readFully(long position, ByteBuffer target) throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int count = read(next, target);
      if (count < 0) {
        throw new EOFException("the file ends at " + next);
      }
      next += count;
    }
  }
}
