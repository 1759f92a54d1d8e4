package io.lva.fmp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that can be read at any position: a file, a blob, or memory.
 *
 * <p>A source may grow while it is read. Implementations say whether they are thread-safe; a reader
 * uses its source from one thread.
 */
public interface ByteSource {
  /**
   * Returns the present number of bytes.
   *
   * @return zero or more
   * @throws IOException when the store fails
   */
  long size() throws IOException;

  /**
   * Reads bytes at a position.
   *
   * @param position index of the first byte, zero or more
   * @param target receives bytes at its position, which advances
   * @return the number of bytes read, possibly fewer than remain in the target; -1 at the end
   * @throws IOException when the store fails
   */
  int read(long position, ByteBuffer target) throws IOException;

  /**
   * Returns a source of bytes in memory.
   *
   * @param bytes the bytes from position to limit; they are not copied and must not change
   * @return a source over these bytes, which is thread-safe
   */
  static ByteSource of(ByteBuffer bytes) {
    ByteBuffer content = bytes.slice().asReadOnlyBuffer();
    return new ByteSource() {
      @Override
      public long size() {
        return content.limit();
      }

      @Override
      public int read(long position, ByteBuffer target) {
        if (position >= content.limit()) {
          return -1;
        }
        int length = (int) Math.min(target.remaining(), content.limit() - position);
        target.put(content.slice((int) position, length));
        return length;
      }
    };
  }
}
