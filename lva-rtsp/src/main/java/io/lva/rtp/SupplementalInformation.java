package io.lva.rtp;

import java.nio.ByteBuffer;

/**
 * Looks into supplemental enhancement information (ITU-T H.264 clause 7.3.2.3).
 *
 * <p>Immutable.
 */
final class SupplementalInformation {
  private static final int RECOVERY_POINT = 6;

  /** What the next picture is to a decoder that starts there. */
  enum Recovery {
    /** Nothing is said. */
    NONE,
    /** Right at once: {@code recovery_frame_cnt} is 0. */
    EXACT,
    /** Right after some pictures: the encoder refreshes a part of the picture at a time. */
    GRADUAL
  }

  private SupplementalInformation() {}

  /**
   * Says whether decoding may start at the next picture: looks for a recovery point message (clause
   * D.1.8).
   *
   * @param buffer read by index
   * @param from index behind the NAL unit header
   * @param to index behind the last byte
   * @return none as well when the message is cut
   */
  static Recovery recovery(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at + 2 < to) {
      int type = 0;
      while (at < to && buffer.get(at) == (byte) 0xff) {
        type += 255;
        at++;
      }
      type += at < to ? buffer.get(at++) & 0xff : 0;
      int size = 0;
      while (at < to && buffer.get(at) == (byte) 0xff) {
        size += 255;
        at++;
      }
      size += at < to ? buffer.get(at++) & 0xff : 0;
      if (type == RECOVERY_POINT) {
        return size == 0 || at >= to
            ? Recovery.NONE
            : buffer.get(at) < 0 ? Recovery.EXACT : Recovery.GRADUAL;
      }
      at += size;
    }
    return Recovery.NONE;
  }
}
