package io.lva.rtp;

import java.nio.ByteBuffer;

/**
 * Finds start codes of the byte stream format (ITU-T H.264 annex B), which have no place in RTP and
 * which cameras send.
 *
 * <p>Immutable.
 */
final class StartCodes {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private StartCodes() {}

  /**
   * Finds the next {@code 00 00 01}, which emulation prevention keeps out of every NAL unit.
   *
   * <p>Looks at eight bytes at once, because every byte of media passes here.
   *
   * @param buffer read by index
   * @param from index of the first byte
   * @param to index behind the last byte
   * @return index of the first zero, or -1
   */
  static int find(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at + 10 <= to) {
      long eight = buffer.getLong(at);
      if ((eight - ONES & ~eight & HIGHS) == 0) {
        at += 8;
        continue;
      }
      for (int end = at + 8; at < end; at++) {
        if (isAt(buffer, at)) {
          return at;
        }
      }
    }
    for (; at + 3 <= to; at++) {
      if (isAt(buffer, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isAt(ByteBuffer buffer, int at) {
    return buffer.get(at) == 0 && buffer.get(at + 1) == 0 && buffer.get(at + 2) == 1;
  }
}
