package io.lva.asset;

import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the beginning of a file at once, where a reader asks for it box by box.
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

  /** What the reader takes for the end of the file lies beyond every head. */
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
