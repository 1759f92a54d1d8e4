package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplementalInformationTest {
  @ParameterizedTest
  @CsvSource({
    "0601c480, true",
    "0601 4480, false",
    "0502aabb 0601c4 80, true",
    "ff0001aa 0601c480, true",
    "05ff01, false",
    "0600 80, false",
    "0601, false",
    "'', false",
  })
  void isRecoveryPoint_messages_areFound(String hex, boolean expected) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(SupplementalInformation.isRecoveryPoint(ByteBuffer.wrap(bytes), 0, bytes.length))
        .isEqualTo(expected);
  }

  @Test
  void isRecoveryPoint_randomBytes_neverFails() {
    Random random = new Random(6);
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(9));
      }
      found +=
          SupplementalInformation.isRecoveryPoint(ByteBuffer.wrap(bytes), 0, bytes.length) ? 1 : 0;
    }
    assertThat(found).isPositive();
  }
}
