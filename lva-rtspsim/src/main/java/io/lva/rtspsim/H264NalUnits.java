package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.codec.H264Parameters;
import java.nio.ByteBuffer;
import java.util.List;

/** Tells the NAL units of raw H.264 files apart (ITU-T H.264 table 7-1). */
final class H264NalUnits {
  static final int IDR = 5;
  static final int SEQUENCE_PARAMETER_SET = 7;
  static final int PICTURE_PARAMETER_SET = 8;

  private H264NalUnits() {}

  static int type(ByteBuffer nalUnit) {
    return nalUnit.get(nalUnit.position()) & 0x1f;
  }

  static boolean holds(List<ByteBuffer> nalUnits, int type) {
    return nalUnits.stream().anyMatch(nalUnit -> type(nalUnit) == type);
  }

  /** Returns the parameter sets found among NAL units. */
  static H264Parameters parameters(List<ByteBuffer> nalUnits) throws UnservableFileException {
    try {
      return H264Parameters.of(
          all(nalUnits, SEQUENCE_PARAMETER_SET), all(nalUnits, PICTURE_PARAMETER_SET));
    } catch (IllegalArgumentException wrong) {
      throw new UnservableFileException("no usable parameter sets: " + wrong.getMessage(), wrong);
    }
  }

  private static List<Bytes> all(List<ByteBuffer> nalUnits, int type) {
    return nalUnits.stream()
        .filter(nalUnit -> type(nalUnit) == type)
        .map(Bytes::copyOf)
        .distinct()
        .toList();
  }
}
