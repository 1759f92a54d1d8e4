package io.lva.rtp.payload.nal;

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
    "0601c480, EXACT",
    "0601 4480, GRADUAL",
    "0502aabb 0601c4 80, EXACT",
    "ff0001aa 0601c480, EXACT",
    "05ff01, NONE",
    "0600 80, NONE",
    "0601, NONE",
    "'', NONE",
  })
  void recovery_messages_areFound(String hex, NalCodec.Recovery expected) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(SupplementalInformation.recovery(ByteBuffer.wrap(bytes), 0, bytes.length))
        .isEqualTo(expected);
  }

  @Test
  void recovery_randomBytes_neverFails() {
    Random random = new Random(6);
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(9));
      }
      found +=
          SupplementalInformation.recovery(ByteBuffer.wrap(bytes), 0, bytes.length)
                  == NalCodec.Recovery.EXACT
              ? 1
              : 0;
    }
    assertThat(found).isPositive();
  }
}
