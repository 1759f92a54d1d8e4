package io.lva.bench;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Media made of random bytes that obey the rules of NAL units.
 *
 * <p>Immutable.
 */
final class SyntheticMedia {
  /** 1920 x 1080, Constrained Baseline, level 4. */
  static final String SEQUENCE_SET = "Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==";

  /** Sequence and picture parameter sets in the form of a session description. */
  static final String PARAMETER_SETS = SEQUENCE_SET + ",aM48gA==";

  /** NAL unit header of a slice of a sync sample. */
  static final byte SYNC_SLICE = 0x65;

  /** NAL unit header of a slice of another sample. */
  static final byte SLICE = 0x41;

  private static final int FIRST_SLICE_OF_PICTURE = 0x88;

  private SyntheticMedia() {}

  /** Returns a slice that begins a picture. */
  static ByteBuffer slice(byte header, int sizeBytes) {
    return slice(header, FIRST_SLICE_OF_PICTURE, sizeBytes);
  }

  /** Returns a slice that has the same bytes each time. */
  static ByteBuffer slice(byte header, int sliceHeader, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(bytes);
    bytes[0] = header;
    bytes[1] = (byte) sliceHeader;
    for (int i = 2; i < sizeBytes; i++) {
      boolean escapes = bytes[i - 2] == 0 && bytes[i - 1] == 0;
      if (escapes && (bytes[i] & 0xfc) == 0) {
        bytes[i] = 0x55;
      }
    }
    bytes[sizeBytes - 1] = (byte) 0x80;
    return ByteBuffer.wrap(bytes);
  }
}
