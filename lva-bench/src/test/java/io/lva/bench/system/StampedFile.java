package io.lva.bench.system;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** Bytes as a recording has them: frames with stamps in them. */
final class StampedFile {
  static final long FRAME_NANOS = 40_000_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Random random = new Random(5);

  /** Adds frames of a camera that began at 0. */
  StampedFile frames(int from, int to) {
    for (int number = from; number < to; number++) {
      byte[] nalUnit = FrameStamp.nalUnit();
      new FrameStamp(number * FRAME_NANOS, number).write(ByteBuffer.wrap(nalUnit), 3);
      bytes.writeBytes(nalUnit);
      byte[] media = new byte[random.nextInt(5_000)];
      random.nextBytes(media);
      bytes.writeBytes(media);
    }
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
