package io.lva.rtp.payload.nal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartCodesTest {
  @Test
  void find_randomZerosAndOnes_findsTheFirst() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      int rarity = 2 + random.nextInt(20);
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextInt(rarity) < 2 ? random.nextInt(2) : random.nextInt());
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
      int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      int to = from + (bytes.length == from ? 0 : random.nextInt(bytes.length - from + 1));
      assertThat(StartCodes.find(buffer, from, to)).isEqualTo(first(bytes, from, to));
    }
  }

  private static int first(byte[] bytes, int from, int to) {
    for (int at = from; at + 3 <= to; at++) {
      if (bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1) {
        return at;
      }
    }
    return -1;
  }
}
