package io.lva.asset.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes at random. */
public final class Mutations {
  private static final String[] TOKENS = {
    "-1",
    "99999999999999999999",
    "9223372036854775807",
    "1e999",
    "null",
    "{}",
    "[",
    "]",
    "\"",
    "\n",
    "true",
    "\\u0000",
    "\"\"",
    ":",
    ",",
    "0.5",
    "[[[[[[[[[[[["
  };

  private Mutations() {}

  /** Returns a copy with a few bytes changed, cut, repeated or replaced by something nasty. */
  public static byte[] of(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          int end = at + random.nextInt(bytes.length - at);
          bytes = join(bytes, at, new byte[0], end);
        }
        default -> {
          String token = TOKENS[random.nextInt(TOKENS.length)];
          int end = Math.min(bytes.length, at + random.nextInt(8));
          bytes = join(bytes, at, token.getBytes(StandardCharsets.US_ASCII), end);
        }
      }
    }
    return bytes;
  }

  private static byte[] join(byte[] bytes, int at, byte[] between, int end) {
    byte[] joined = Arrays.copyOf(bytes, at + between.length + bytes.length - end);
    System.arraycopy(between, 0, joined, at, between.length);
    System.arraycopy(bytes, end, joined, at + between.length, bytes.length - end);
    return joined;
  }
}
