package io.lva.asset.s3;

import io.lva.fmp4.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A file as a stream, from its beginning. Each attempt to send the file has its own stream. Not
 * thread-safe.
 */
final class SourceStream extends InputStream {
  private final ByteSource source;
  private final long size;
  private long position;

  SourceStream(ByteSource source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (position >= size) {
      return -1;
    }
    int wanted = (int) Math.min(length, size - position);
    int count = source.read(position, ByteBuffer.wrap(target, from, wanted));
    if (count < 0) {
      throw new EOFException("the file ends at " + position + " of " + size + " bytes");
    }
    position += count;
    return count;
  }
}
