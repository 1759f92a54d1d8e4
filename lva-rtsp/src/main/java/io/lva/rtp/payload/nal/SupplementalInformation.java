package io.lva.rtp.payload.nal;

import java.nio.ByteBuffer;

/**
 * Looks into supplemental enhancement information of H.264 (ITU-T H.264 clause 7.3.2.3).
 *
 * <p>Immutable.
 */
public final class SupplementalInformation {
  private static final int RECOVERY_POINT = 6;

  private SupplementalInformation() {}

  /**
   * Looks for a recovery point message of H.264 (clause D.1.8).
   *
   * @param buffer read by index
   * @param from index after the NAL unit header
   * @param to index after the last byte
   * @return how decoding recovers; {@link NalCodec.Recovery#NONE} without such a message, or when
   *     it is cut short
   */
  public static NalCodec.Recovery recovery(ByteBuffer buffer, int from, int to) {
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
            ? NalCodec.Recovery.NONE
            : buffer.get(at) < 0 ? NalCodec.Recovery.EXACT : NalCodec.Recovery.GRADUAL;
      }
      at += size;
    }
    return NalCodec.Recovery.NONE;
  }
}
