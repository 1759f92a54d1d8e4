package io.lva.asset;

import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the beginning of a file at once, for a reader that asks for it box by box.
 *
 * <p>Not thread-safe.
 */
final class HeadSource implements ByteSource {
  private static final int HEAD_BYTES = 16 << 10;

  private final ByteSource file;
  private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
  private boolean read;

  HeadSource(ByteSource file) {
    this.file = file;
  }

  /** Returns a size larger than any head, because the reader must not meet the end of the file. */
  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (!read) {
      read = true;
      file.read(0, head);
      head.flip();
    }
    if (position >= head.limit()) {
      return file.read(position, target);
    }
    int length = (int) Math.min(target.remaining(), head.limit() - position);
    target.put(head.slice((int) position, length));
    return length;
  }
}
