package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.codec.H264Parameters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How the NAL units of an access unit are told apart: by lengths (ISO/IEC 14496-15) or by start
 * codes (ITU-T H.264 annex B).
 *
 * <p>Immutable.
 *
 * @param lengthBytes bytes of the length in front of each NAL unit; 0 for start codes
 */
record NalFraming(int lengthBytes) {
  static final NalFraming ANNEX_B = new NalFraming(0);
  static final int IDR = 5;
  static final int SEQUENCE_PARAMETER_SET = 7;
  static final int PICTURE_PARAMETER_SET = 8;

  /** Returns the NAL units without lengths and start codes; empty ones are left out. */
  List<ByteBuffer> split(ByteBuffer unit) throws UnservableFileException {
    return lengthBytes == 0 ? splitAtStartCodes(unit) : splitByLength(unit);
  }

  static int type(ByteBuffer nalUnit) {
    return nalUnit.get(nalUnit.position()) & 0x1f;
  }

  static boolean holds(List<ByteBuffer> nalUnits, int type) {
    return nalUnits.stream().anyMatch(nalUnit -> type(nalUnit) == type);
  }

  /** Returns the parameter sets among NAL units. */
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

  private List<ByteBuffer> splitByLength(ByteBuffer unit) throws UnservableFileException {
    List<ByteBuffer> nalUnits = new ArrayList<>(4);
    int at = unit.position();
    while (at < unit.limit()) {
      long length = 0;
      for (int i = 0; i < lengthBytes && at < unit.limit(); i++) {
        length = length << 8 | (unit.get(at++) & 0xff);
      }
      if (length > unit.limit() - at) {
        throw new UnservableFileException("NAL unit of " + length + " bytes beyond its sample");
      }
      if (length > 0) {
        nalUnits.add(unit.slice(at, (int) length));
      }
      at += (int) length;
    }
    return nalUnits;
  }

  private static List<ByteBuffer> splitAtStartCodes(ByteBuffer unit) {
    List<ByteBuffer> nalUnits = new ArrayList<>(4);
    int begin = -1;
    int zeros = 0;
    for (int i = unit.position(); i <= unit.limit(); i++) {
      int value = i < unit.limit() ? unit.get(i) : 1;
      if ((zeros >= 2 && value == 1) || i == unit.limit()) {
        int end = i - zeros;
        if (begin >= 0 && end > begin) {
          nalUnits.add(unit.slice(begin, end - begin));
        }
        begin = i + 1;
      }
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return nalUnits;
  }
}
