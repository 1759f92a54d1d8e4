package io.lva.rtspsim;

import java.io.ByteArrayOutputStream;

/** The pattern as a raw H.264 file. */
final class PatternFile {
  private PatternFile() {}

  static byte[] of(PatternEncoder encoder, long first, int frames) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (long frame = first; frame < first + frames; frame++) {
      if (encoder.isSync(frame)) {
        unit(stream, encoder.parameters().sequenceParameterSets().get(0).toByteArray());
        unit(stream, encoder.parameters().pictureParameterSets().get(0).toByteArray());
      }
      unit(stream, encoder.slice(frame));
    }
    return stream.toByteArray();
  }

  private static void unit(ByteArrayOutputStream stream, byte[] nalUnit) {
    stream.writeBytes(new byte[] {0, 0, 0, 1});
    stream.writeBytes(nalUnit);
  }
}
