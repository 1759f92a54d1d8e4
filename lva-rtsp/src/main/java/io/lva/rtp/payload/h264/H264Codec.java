package io.lva.rtp.payload.h264;

import io.lva.rtp.payload.nal.NalCodec;
import io.lva.rtp.payload.nal.SupplementalInformation;
import java.nio.ByteBuffer;

/**
 * The NAL units of H.264 (ITU-T H.264 clause 7.3.1 and table 7-1).
 *
 * <p>Immutable.
 */
final class H264Codec implements NalCodec {
  private static final int IDR_SLICE = 5;
  private static final int SUPPLEMENTAL = 6;
  private static final int DELIMITER = 9;

  @Override
  public int headerBytes() {
    return 1;
  }

  @Override
  public boolean isForbidden(int header) {
    return (header & 0x80) != 0;
  }

  @Override
  public Role role(int header) {
    return switch (header & 0x1f) {
      case 1, 2, 3, 4, IDR_SLICE -> Role.SLICE;
      case SUPPLEMENTAL -> Role.PREFIX;
      case H264ParameterSets.SEQUENCE, H264ParameterSets.PICTURE -> Role.PARAMETER_SET;
      case DELIMITER -> Role.DELIMITER;
      case 0, 10, 11, 12, 24, 25, 26, 27, 28, 29, 30, 31 -> Role.SKIPPED;
      default -> Role.SUFFIX;
    };
  }

  /**
   * Returns true for data partitions B and C as well: they do not show whether they are the first.
   * A {@code first_mb_in_slice} of 0 is a single bit.
   */
  @Override
  public boolean isFirstSlice(int header, int next) {
    int type = header & 0x1f;
    return (next & 0x80) != 0 || type == 3 || type == 4;
  }

  @Override
  public boolean isSync(int header) {
    return (header & 0x1f) == IDR_SLICE;
  }

  /**
   * Reads {@code slice_type} after the single bit of a {@code first_mb_in_slice} of 0; slices of
   * types I and SI are intra.
   */
  @Override
  public boolean isIntra(int next) {
    int rest = next & 0x7f;
    return rest >> 4 == 0b011 || rest >> 2 == 0b00101 || rest == 0b0001000 || rest == 0b0001010;
  }

  @Override
  public boolean isSequenceSet(int header) {
    return (header & 0x1f) == H264ParameterSets.SEQUENCE;
  }

  @Override
  public Recovery recovery(int header, ByteBuffer buffer, int from, int to) {
    return SupplementalInformation.recovery(buffer, from, to);
  }
}
