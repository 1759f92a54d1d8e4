package io.lva.asset.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a store, read by ranges. Thread-safe, but for closing. */
public interface StoredFile extends AutoCloseable {
  /**
   * Returns the present size.
   *
   * @return bytes; a file that is still written grows
   * @throws IOException when the store fails
   */
  long size() throws IOException;

  /**
   * Reads at a position, perhaps less than asked for.
   *
   * @param position first byte to read, 0 or more
   * @param target filled from its position on
   * @return bytes read; -1 at the end of the file
   * @throws IOException when the store fails
   */
  int read(long position, ByteBuffer target) throws IOException;

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
   * @throws EOFException when the file ends before
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
