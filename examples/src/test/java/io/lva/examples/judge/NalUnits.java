package io.lva.examples.judge;

import io.lva.media.Bytes;
import java.util.ArrayList;
import java.util.List;

/** NAL units in order, compared by content. */
public record NalUnits(List<Bytes> units) {
  /** Splits a byte stream at its start codes (ITU-T H.264 annex B). */
  static NalUnits ofAnnexB(byte[] stream) {
    List<Bytes> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          units.add(unit(stream, start, i));
        }
        start = i + 3;
        i += 2;
      }
    }
    if (start >= 0) {
      units.add(unit(stream, start, stream.length));
    }
    return new NalUnits(units);
  }

  private static Bytes unit(byte[] stream, int start, int end) {
    int last = end;
    while (last > start && stream[last - 1] == 0) {
      last--;
    }
    return Bytes.copyOf(java.util.Arrays.copyOfRange(stream, start, last));
  }

  NalUnits slices() {
    return new NalUnits(units.stream().filter(unit -> type(unit) == 1 || type(unit) == 5).toList());
  }

  /** Joins files of one recording. */
  public static NalUnits concat(List<NalUnits> files) {
    return new NalUnits(files.stream().flatMap(each -> each.units().stream()).toList());
  }

  private static int type(Bytes unit) {
    return unit.size() == 0 ? 0 : unit.get(0) & 0x1f;
  }
}
