package io.lva.asset.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes H.264 byte streams of one slice per picture apart. */
final class H264Pictures {
  private H264Pictures() {}

  /** Returns the units of each picture, in the order of decoding; parameter sets come first. */
  static List<List<byte[]>> split(byte[] annexB) {
    List<List<byte[]>> pictures = new ArrayList<>();
    List<byte[]> open = new ArrayList<>();
    for (byte[] unit : units(annexB)) {
      open.add(unit);
      int type = unit[0] & 0x1f;
      if (type == 1 || type == 5) {
        pictures.add(List.copyOf(open));
        open.clear();
      }
    }
    return pictures;
  }

  /** Returns the first unit of a type. */
  static byte[] unit(List<byte[]> units, int type) {
    return units.stream().filter(unit -> (unit[0] & 0x1f) == type).findFirst().orElseThrow();
  }

  /** Returns the units of a byte stream. */
  static List<byte[]> units(byte[] annexB) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 3 <= annexB.length; i++) {
      if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
        if (start >= 0) {
          units.add(trimmed(annexB, start, i));
        }
        start = i + 3;
        i += 2;
      }
    }
    units.add(trimmed(annexB, start, annexB.length));
    return units;
  }

  private static byte[] trimmed(byte[] bytes, int start, int end) {
    int stop = end;
    while (stop > start && bytes[stop - 1] == 0) {
      stop--;
    }
    return Arrays.copyOfRange(bytes, start, stop);
  }
}
