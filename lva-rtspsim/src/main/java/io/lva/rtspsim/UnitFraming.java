package io.lva.rtspsim;

import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a unit is split into the parts that are packetized one by one. An access unit is split into
 * NAL units, by lengths (ISO/IEC 14496-15) or by start codes (ITU-T H.264 annex B); an audio frame
 * is one part.
 *
 * <p>This deliberately shares no code with the receiver: tests compare what one implementation
 * splits with what the other puts together.
 *
 * <p>Implementations are immutable.
 */
@FunctionalInterface
interface UnitFraming {
  /** Each unit is one part. */
  UnitFraming WHOLE = unit -> List.of(unit);

  /** Each part is a NAL unit after a start code. */
  UnitFraming ANNEX_B = UnitFraming::splitAtStartCodes;

  /** Returns the parts, without lengths or start codes; empty parts are left out. */
  List<ByteBuffer> split(ByteBuffer unit) throws UnservableFileException;

  /**
   * Returns the framing of samples in files whose NAL unit lengths have the given number of bytes.
   */
  static UnitFraming ofSamples(CodecParameters parameters, int lengthBytes) {
    return parameters.nalUnits().isEmpty() ? WHOLE : unit -> splitByLength(unit, lengthBytes);
  }

  /** Returns whether a parameter set is among the parts of a unit. */
  static boolean holdsParameterSet(List<ByteBuffer> parts, CodecParameters parameters) {
    Optional<NalUnitFormat> format = parameters.nalUnits();
    return format.isPresent()
        && parts.stream().anyMatch(part -> isParameterSet(part, format.get()));
  }

  private static boolean isParameterSet(ByteBuffer nalUnit, NalUnitFormat format) {
    int header = 0;
    int end = Math.min(nalUnit.limit(), nalUnit.position() + format.headerBytes());
    for (int i = nalUnit.position(); i < end; i++) {
      header = header << 8 | (nalUnit.get(i) & 0xff);
    }
    return format.kind(header) == NalUnitFormat.Kind.PARAMETER_SET;
  }

  private static List<ByteBuffer> splitByLength(ByteBuffer unit, int lengthBytes)
      throws UnservableFileException {
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
