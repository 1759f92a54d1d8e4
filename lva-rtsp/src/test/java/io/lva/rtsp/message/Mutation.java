package io.lva.rtsp.message;

import java.util.Arrays;
import java.util.Random;

/** Damages inputs at random. */
public final class Mutation {
  private static final byte[] INTERESTING = {
    0, '\r', '\n', '$', ':', ' ', ';', '"', '=', ',', -1, 127
  };

  private Mutation() {}

  public static byte[] of(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int length = bytes.length;
      int at = length == 0 ? 0 : random.nextInt(length);
      switch (random.nextInt(4)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes = insert(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
        case 2 -> bytes = insert(bytes, at, (byte) random.nextInt(256));
        default -> {
          if (length > 0) {
            bytes[at] = (byte) random.nextInt(256);
          }
        }
      }
    }
    return bytes;
  }

  private static byte[] insert(byte[] bytes, int at, byte inserted) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
    more[at] = inserted;
    return more;
  }
}
