package io.lva.rtp.payload.nal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds start codes of the byte stream format (ITU-T H.264 annex B), which have no place in RTP but
 * which some cameras send.
 *
 * <p>Every byte of media passes here, so 32 bytes are looked at in one step. Seen as 16-bit lanes,
 * a start code fills one lane with {@code 00 00}, or with {@code 00 01} where it begins between two
 * lanes: in other media, one step in two thousand has such a lane and is looked at closely.
 *
 * <p>Immutable.
 */
public final class StartCodes {
  private static final VarHandle LANES =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZERO_OR_ONE = 0xfeff_feff_feff_feffL;
  private static final long ONES = 0x0001_0001_0001_0001L;
  private static final long HIGHS = 0x8000_8000_8000_8000L;
  private static final int CODE_BYTES = 3;

  private StartCodes() {}

  /**
   * Finds the next {@code 00 00 01}, which emulation prevention keeps out of every NAL unit.
   *
   * @param buffer read by index
   * @param from index of the first byte
   * @param to index after the last byte
   * @return index of the first zero, or -1
   * @throws IndexOutOfBoundsException when a byte to be read is outside the buffer
   */
  public static int find(ByteBuffer buffer, int from, int to) {
    int at = from;
    for (; at + 32 <= to; at += 32) {
      long suspicious =
          suspicious(buffer, at)
              | suspicious(buffer, at + 8)
              | suspicious(buffer, at + 16)
              | suspicious(buffer, at + 24);
      if (suspicious != 0) {
        int found = look(buffer, Math.max(from, at - 1), Math.min(at + 32, to - CODE_BYTES + 1));
        if (found >= 0) {
          return found;
        }
      }
    }
    for (; at + 8 <= to && suspicious(buffer, at) == 0; at += 8) {
      // nothing begins in these bytes, or ends in them
    }
    return look(buffer, Math.max(from, at - 1), to - CODE_BYTES + 1);
  }

  /** Returns 0 unless one of four lanes is {@code 00 00} or {@code 00 01}. */
  private static long suspicious(ByteBuffer buffer, int index) {
    long lanes = (long) LANES.get(buffer, index) & ZERO_OR_ONE;
    return lanes - ONES & ~lanes & HIGHS;
  }

  private static int look(ByteBuffer buffer, int from, int to) {
    for (int at = from; at < to; at++) {
      if (buffer.get(at) == 0 && buffer.get(at + 1) == 0 && buffer.get(at + 2) == 1) {
        return at;
      }
    }
    return -1;
  }
}
