package io.lva.rtp.payload.h265;

import io.lva.rtp.payload.nal.NalCodec;
import java.nio.ByteBuffer;

/**
 * The NAL units of H.265 (ITU-T H.265 clause 7.3.1.2 and table 7-1).
 *
 * <p>Immutable.
 */
final class H265Codec implements NalCodec {
  private static final int FIRST_SYNC = 16;
  private static final int LAST_SYNC = 21;
  private static final int LAST_SLICE = 31;
  private static final int DELIMITER = 35;
  private static final int END_OF_SEQUENCE = 36;
  private static final int PREFIX_INFORMATION = 39;
  private static final int SUFFIX_INFORMATION = 40;

  /** Returns the type of a NAL unit. */
  static int type(int header) {
    return header >> 9 & 0x3f;
  }

  @Override
  public int headerBytes() {
    return 2;
  }

  @Override
  public boolean isForbidden(int header) {
    return (header & 0x8000) != 0;
  }

  @Override
  public Role role(int header) {
    int type = type(header);
    if (type <= LAST_SLICE) {
      return Role.SLICE;
    }
    return switch (type) {
      case H265ParameterSets.VIDEO, H265ParameterSets.SEQUENCE, H265ParameterSets.PICTURE ->
          Role.PARAMETER_SET;
      case DELIMITER -> Role.DELIMITER;
      case PREFIX_INFORMATION -> Role.PREFIX;
      case SUFFIX_INFORMATION -> Role.SUFFIX;
      default -> type >= END_OF_SEQUENCE ? Role.SKIPPED : Role.SUFFIX;
    };
  }

  @Override
  public boolean isFirstSlice(int header, int next) {
    return (next & 0x80) != 0;
  }

  @Override
  public boolean isSync(int header) {
    return type(header) >= FIRST_SYNC && type(header) <= LAST_SYNC;
  }

  /**
   * Returns false: the type of a slice lies too far inside it. Sync pictures are recognized by
   * their NAL unit type.
   */
  @Override
  public boolean isIntra(int next) {
    return false;
  }

  @Override
  public boolean isSequenceSet(int header) {
    return type(header) == H265ParameterSets.SEQUENCE;
  }

  @Override
  public Recovery recovery(int header, ByteBuffer buffer, int from, int to) {
    return Recovery.NONE;
  }
}
