package io.lva.fmp4;

import io.lva.media.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Splits byte streams (ITU-T H.264 annex B), for tests that start from elementary streams. */
final class AnnexB {
  private AnnexB() {}

  static List<Bytes> nalUnits(byte[] stream) {
    List<Bytes> nalUnits = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        addUnit(stream, start, i, nalUnits);
        start = i + 3;
      }
    }
    addUnit(stream, start, stream.length, nalUnits);
    return nalUnits;
  }

  private static void addUnit(byte[] stream, int start, int end, List<Bytes> nalUnits) {
    int last = end;
    while (start >= 0 && last > start && stream[last - 1] == 0) {
      last--;
    }
    if (start >= 0 && last > start) {
      nalUnits.add(Bytes.copyOf(ByteBuffer.wrap(stream, start, last - start)));
    }
  }

  static int type(Bytes nalUnit) {
    return nalUnit.get(0) & 0x1f;
  }

  /** Puts lengths before NAL units. */
  static byte[] sample(List<Bytes> nalUnits) {
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    for (Bytes nalUnit : nalUnits) {
      sample.writeBytes(ByteBuffer.allocate(4).putInt(nalUnit.size()).array());
      sample.writeBytes(nalUnit.toByteArray());
    }
    return sample.toByteArray();
  }
}
