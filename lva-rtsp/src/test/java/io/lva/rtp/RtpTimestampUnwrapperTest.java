package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpTimestampUnwrapperTest {
  private final RtpTimestampUnwrapper unwrapper = new RtpTimestampUnwrapper();

  @Test
  void unwrap_randomWalkOverManyWraps_keepsEveryStep() {
    Random random = new Random(3);
    long truth = 0xffff_0000L;
    long shift = unwrapper.unwrap((int) truth) - truth;
    for (int i = 0; i < 100_000; i++) {
      truth += random.nextInt(1 << 27) - (1 << 20);
      assertThat(unwrapper.unwrap((int) truth)).isEqualTo(truth + shift);
    }
    assertThat(truth).isGreaterThan(100L << 32);
  }

  @Test
  void unwrap_first_leavesRoomInFront() {
    assertThat(unwrapper.unwrap(0)).isEqualTo(1L << 32);
    assertThat(unwrapper.unwrap(-9000)).isEqualTo((1L << 32) - 9000);
  }

  @Test
  void peek_outlier_doesNotMoveTheLine() {
    unwrapper.unwrap(1000);
    assertThat(unwrapper.peek(2_000_000_000)).isEqualTo((1L << 32) + 2_000_000_000);
    assertThat(unwrapper.unwrap(4000)).isEqualTo((1L << 32) + 4000);
  }

  @Test
  void reset_anotherStream_beginsAnew() {
    unwrapper.unwrap(-1);
    unwrapper.unwrap(5);
    unwrapper.reset();
    assertThat(unwrapper.unwrap(7)).isEqualTo((1L << 32) + 7);
  }
}
