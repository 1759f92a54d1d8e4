package io.lva.fmp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads small ranges of a source, a few hundred bytes at a time, so that a scan over headers costs
 * one read per part.
 *
 * <p>Not thread-safe.
 */
final class SourceWindow {
  private static final int WINDOW_BYTES = 512;

  private final ByteSource source;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
  private long start;

  SourceWindow(ByteSource source) {
    this.source = source;
  }

  long size() throws IOException {
    return source.size();
  }

  /** Reads a header of at most 512 bytes, and reads ahead what follows it. */
  ByteBuffer header(long position, int length) throws IOException, Mp4Exception {
    if (position < start || position + length > start + window.limit()) {
      window.clear();
      start = position;
      fill(position, window);
      window.flip();
    }
    if (window.limit() < length) {
      throw endsEarly(position);
    }
    return window.slice((int) (position - start), length);
  }

  /**
   * Reads a range whose length the caller has checked against the size of the source and a limit.
   */
  ByteBuffer range(long position, int length) throws IOException, Mp4Exception {
    if (length <= WINDOW_BYTES) {
      return header(position, length);
    }
    ByteBuffer range = ByteBuffer.allocate(length);
    fill(position, range);
    if (range.hasRemaining()) {
      throw endsEarly(position);
    }
    return range.flip();
  }

  /** Discards the window, because the source may have grown. */
  void forget() {
    window.limit(0);
  }

  private void fill(long position, ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (source.read(position + target.position(), target) <= 0) {
        return;
      }
    }
  }

  private static Mp4Exception endsEarly(long position) {
    return new Mp4Exception("the file became shorter while it was read at byte " + position);
  }
}
