package io.lva.bench.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Finds the stamps of frames in a stream of bytes.
 *
 * <p>Not thread-safe.
 */
final class StampReader {
  private static final byte[] MARKER = FrameStamp.MARKER.getBytes(StandardCharsets.US_ASCII);
  private static final int WINDOW_BYTES = 1 << 18;

  /**
   * How far to move on for each byte found at the place of the last byte of the marker (Horspool).
   */
  private static final int[] SHIFTS = shifts();

  private final Consumer<FrameStamp> output;
  private final byte[] window = new byte[WINDOW_BYTES];
  private int filled;

  /** Creates a reader at the start of a stream. */
  StampReader(Consumer<FrameStamp> output) {
    this.output = output;
  }

  /**
   * Reads the bytes that a channel has now.
   *
   * @return the number of bytes
   */
  long read(ReadableByteChannel channel) throws IOException {
    long total = 0;
    while (true) {
      int count = channel.read(ByteBuffer.wrap(window, filled, window.length - filled));
      if (count <= 0) {
        return total;
      }
      total += count;
      filled += count;
      search();
    }
  }

  private void search() {
    int at = 0;
    while (at + FrameStamp.BYTES <= filled) {
      int last = window[at + MARKER.length - 1] & 0xff;
      if (last == MARKER[MARKER.length - 1] && isMarker(at)) {
        output.accept(FrameStamp.read(window, at));
        at += FrameStamp.BYTES;
      } else {
        at += SHIFTS[last];
      }
    }
    int rest = Math.max(0, filled - at);
    System.arraycopy(window, filled - rest, window, 0, rest);
    filled = rest;
  }

  private boolean isMarker(int at) {
    for (int i = 0; i < MARKER.length; i++) {
      if (window[at + i] != MARKER[i]) {
        return false;
      }
    }
    return true;
  }

  private static int[] shifts() {
    int[] shifts = new int[256];
    java.util.Arrays.fill(shifts, MARKER.length);
    for (int i = 0; i < MARKER.length - 1; i++) {
      shifts[MARKER[i] & 0xff] = MARKER.length - 1 - i;
    }
    return shifts;
  }
}
