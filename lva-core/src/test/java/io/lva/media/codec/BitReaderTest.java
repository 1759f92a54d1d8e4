package io.lva.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitReaderTest {
  @ParameterizedTest
  @CsvSource({
    "80, 0",
    "40, 1",
    "60, 2",
    "20, 3",
    "38, 6",
    "0400, 31",
    "0000030003fffffffc, 2147483646",
  })
  void unsignedExpGolomb_code_isItsNumber(String hex, int expected) {
    BitReader reader = new BitReader(Bytes.ofHex(hex), 0);
    assertThat(reader.unsignedExpGolomb()).isEqualTo(expected);
    assertThat(reader.exhausted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"80, 0", "40, 1", "60, -1", "20, 2", "28, -2"})
  void signedExpGolomb_code_isItsNumber(String hex, int expected) {
    assertThat(new BitReader(Bytes.ofHex(hex), 0).signedExpGolomb()).isEqualTo(expected);
  }

  @Test
  void unsignedExpGolomb_tooLong_isExhausted() {
    BitReader reader = new BitReader(Bytes.ofHex("00000001ffffffff"), 0);
    assertThat(reader.unsignedExpGolomb()).isZero();
    assertThat(reader.exhausted()).isTrue();
  }

  @Test
  void bits_emulationPrevention_isLeftOut() {
    BitReader reader = new BitReader(Bytes.ofHex("aa000003 0000 03 01"), 1);
    assertThat(reader.bits(32)).isZero();
    assertThat(reader.bits(8)).isEqualTo(1);
    assertThat(reader.exhausted()).isFalse();
    assertThat(reader.flag()).isFalse();
    assertThat(reader.exhausted()).isTrue();
  }

  @Test
  void bits_anyLength_matchTheBits() {
    byte[] bytes = new byte[400];
    new Random(2).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= 1;
    }
    BitReader reader = new BitReader(Bytes.copyOf(bytes), 0);
    Random lengths = new Random(3);
    int at = 0;
    while (at < bytes.length * 8 - 32) {
      int count = lengths.nextInt(33);
      int expected = 0;
      for (int i = 0; i < count; i++, at++) {
        expected = (expected << 1) | ((bytes[at / 8] >> (7 - at % 8)) & 1);
      }
      assertThat(reader.bits(count)).isEqualTo(expected);
    }
  }
}
