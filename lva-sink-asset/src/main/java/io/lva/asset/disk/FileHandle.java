package io.lva.asset.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Writes go to its end; each read states its position.
 *
 * <p>Reading is thread-safe, also while another thread writes. Writing is confined to one thread.
 */
public interface FileHandle extends AutoCloseable {
  /**
   * Writes at the end of the file, perhaps only part of the bytes.
   *
   * @param sources written from their positions, which move on
   * @return bytes written, possibly fewer than remain
   * @throws IOException when the disk fails; bytes may have been written nevertheless
   */
  long write(ByteBuffer... sources) throws IOException;

  /**
   * Reads at a position, perhaps less than asked for.
   *
   * @param position first byte to read, 0 or more
   * @param target filled from its position on
   * @return bytes read; -1 at the end of the file
   * @throws IOException when the disk fails
   */
  int read(long position, ByteBuffer target) throws IOException;

  /**
   * Makes what was written durable.
   *
   * @throws IOException when the disk fails; it is then unknown what is durable
   */
  void force() throws IOException;

  /**
   * Truncates the file.
   *
   * @param sizeBytes the new size, at most the present one; writing continues there
   * @throws IOException when the disk fails
   */
  void truncate(long sizeBytes) throws IOException;

  /**
   * Returns the present size.
   *
   * @return bytes
   * @throws IOException when the disk fails
   */
  long sizeBytes() throws IOException;

  /**
   * Closes the file. This does not make written bytes durable.
   *
   * @throws IOException when the disk fails
   */
  @Override
  void close() throws IOException;

  /**
   * Writes all bytes at the end of the file.
   *
   * @param sources written from their positions to their limits
   * @return bytes written
   * @throws IOException when the disk fails or accepts no bytes; some bytes may have been written
   */
  default long writeFully(ByteBuffer... sources) throws IOException {
    long total = 0;
    for (ByteBuffer source : sources) {
      total += source.remaining();
    }
    for (long left = total; left > 0; ) {
      long written = write(sources);
      if (written <= 0) {
        throw new IOException("the file takes no more bytes; " + left + " of " + total + " left");
      }
      left -= written;
    }
    return total;
  }

  /**
   * Reads until the target is full.
   *
   * @param position first byte to read
   * @param target filled to its limit
   * @throws EOFException when the file ends before the target is full
   * @throws IOException when the disk fails
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
