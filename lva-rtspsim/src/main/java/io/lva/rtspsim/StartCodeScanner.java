package io.lva.rtspsim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds the NAL units of a byte stream (ITU-T H.264 annex B). Confined to one thread. */
final class StartCodeScanner {
  private static final int CHUNK_BYTES = 1 << 20;

  private final FileChannel file;
  private final Visitor visitor;
  private long prefix = -1;
  private long start = -1;
  private int zeros;

  /** Takes the NAL units of a file in order. */
  interface Visitor {
    /**
     * Takes one NAL unit, which may be followed by zeros.
     *
     * @param prefix where its start code begins, including one zero in front of it if there is one
     * @param start its first byte
     * @param end where the start code of the next unit begins, or the file ends
     */
    void nalUnit(long prefix, long start, long end) throws IOException, UnservableFileException;
  }

  StartCodeScanner(FileChannel file, Visitor visitor) {
    this.file = file;
    this.visitor = visitor;
  }

  void scan() throws IOException, UnservableFileException {
    byte[] bytes = new byte[CHUNK_BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    long position = 0;
    while (file.read(chunk.clear(), position) > 0) {
      scan(bytes, chunk.position(), position);
      position += chunk.position();
    }
    end(position);
  }

  private void scan(byte[] bytes, int length, long position)
      throws IOException, UnservableFileException {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        zeros++;
      } else {
        if (bytes[i] == 1 && zeros >= 2) {
          long startCode = position + i - Math.min(3, zeros);
          end(startCode);
          prefix = startCode;
          start = position + i + 1;
        }
        zeros = 0;
      }
    }
  }

  private void end(long position) throws IOException, UnservableFileException {
    if (start >= 0 && start < position) {
      visitor.nalUnit(prefix, start, position);
    }
  }
}
