package io.lva.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void convert_nowAt90KilohertzToNanoseconds_doesNotOverflow() {
    long ticks = 1_800_000_000L * 90_000 + 1;
    assertThat(Ticks.convert(ticks, 90_000, Ticks.NANOS_PER_SECOND))
        .isEqualTo(1_800_000_000L * Ticks.NANOS_PER_SECOND + 11_111);
  }

  @Test
  void convert_negative_roundsDown() {
    assertThat(Ticks.convert(-1, 90_000, 1000)).isEqualTo(-1);
    assertThat(Ticks.convertRounded(-1, 90_000, 1000)).isZero();
    assertThat(Ticks.convertRounded(1, 2, 1)).isEqualTo(1);
    assertThat(Ticks.convert(7, 5, 5)).isEqualTo(7);
  }

  @Test
  void convert_random_matchesExactArithmetic() {
    Random random = new Random(9);
    long[] scales = {1, 90_000, 8000, 44_100, 48_000, 1_000_000_000L, 12_288, 30_000};
    for (int i = 0; i < 50_000; i++) {
      long ticks = random.nextLong() >> 22;
      long from = scales[random.nextInt(scales.length)];
      long to = scales[random.nextInt(scales.length)];
      BigInteger product = BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(to));
      BigInteger exact = floor(product, from);
      if (exact.bitLength() < 64) {
        assertThat(Ticks.convert(ticks, from, to)).isEqualTo(exact.longValue());
        BigInteger rounded = floor(product.add(BigInteger.valueOf(from / 2)), from);
        assertThat(Ticks.convertRounded(ticks, from, to)).isEqualTo(rounded.longValue());
      }
    }
  }

  @Test
  void convert_tooLarge_isAnError() {
    assertThatThrownBy(() -> Ticks.convert(Long.MAX_VALUE, 1, 90_000))
        .isInstanceOf(ArithmeticException.class);
  }

  private static BigInteger floor(BigInteger dividend, long divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(BigInteger.valueOf(divisor));
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }
}
