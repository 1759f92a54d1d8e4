package io.lva.bench.system;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A stamp in every frame of the farm: the time of sending and a number. It is user data in a
 * supplemental message (ITU-T H.264 clause D.1.7), so that every recorder keeps it and any file or
 * part shows which frame arrived when.
 *
 * <p>All of it is text, so no byte of it looks like a start code.
 *
 * <p>Immutable.
 *
 * @param sentNanos when the frame was sent, on the clock of {@link System#nanoTime}, which all
 *     processes of a Linux machine share
 * @param number of the frame at its camera, from 0
 */
record FrameStamp(long sentNanos, long number) {
  /** The identifier of the user data. */
  static final String MARKER = "lva-bench-frame:";

  /** Length of a stamp in bytes, including the marker. */
  static final int BYTES = MARKER.length() + 2 * Long.BYTES * 2;

  private static final int NUMBER_DIGITS = 2 * Long.BYTES;
  private static final int SUPPLEMENTAL = 6;
  private static final int USER_DATA = 5;
  private static final int STOP_BIT = 0x80;

  /** Returns a NAL unit that holds a stamp to be filled in. */
  static byte[] nalUnit() {
    byte[] bytes = new byte[BYTES + 4];
    ByteBuffer nalUnit = ByteBuffer.wrap(bytes);
    nalUnit.put((byte) SUPPLEMENTAL).put((byte) USER_DATA).put((byte) BYTES);
    nalUnit.put(MARKER.getBytes(StandardCharsets.US_ASCII));
    int digits = nalUnit.position();
    nalUnit.position(digits + 2 * NUMBER_DIGITS).put((byte) STOP_BIT);
    new FrameStamp(0, 0).write(nalUnit, digits - MARKER.length());
    return bytes;
  }

  /** Fills in a stamp. */
  void write(ByteBuffer target, int markerIndex) {
    int digits = markerIndex + MARKER.length();
    hexadecimal(target, digits, sentNanos);
    hexadecimal(target, digits + NUMBER_DIGITS, number);
  }

  /** Reads the stamp whose marker begins at an index. */
  static FrameStamp read(byte[] source, int markerIndex) {
    int digits = markerIndex + MARKER.length();
    return new FrameStamp(number(source, digits), number(source, digits + NUMBER_DIGITS));
  }

  private static void hexadecimal(ByteBuffer target, int index, long value) {
    for (int i = 0; i < NUMBER_DIGITS; i++) {
      int digit = (int) (value >>> ((NUMBER_DIGITS - 1 - i) * 4)) & 0xf;
      target.put(index + i, (byte) Character.forDigit(digit, 16));
    }
  }

  private static long number(byte[] source, int index) {
    long value = 0;
    for (int i = 0; i < NUMBER_DIGITS; i++) {
      value = (value << 4) | (Character.digit(source[index + i], 16) & 0xf);
    }
    return value;
  }
}
