package io.lva.rtp;

import static io.lva.rtp.SequenceTracker.Verdict.AFTER_LOSS;
import static io.lva.rtp.SequenceTracker.Verdict.DUPLICATE;
import static io.lva.rtp.SequenceTracker.Verdict.IN_ORDER;
import static io.lva.rtp.SequenceTracker.Verdict.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
  private final SequenceTracker tracker = new SequenceTracker();

  @Test
  void accept_manyCycles_countsOnAndLosesNothing() {
    for (int i = 0; i < 300_000; i++) {
      assertThat(tracker.accept((60_000 + i) & 0xffff)).isEqualTo(IN_ORDER);
    }
    assertThat(tracker.extendedHighest()).isEqualTo(60_000 + 299_999);
    assertThat(tracker.cumulativeLost()).isZero();
  }

  @Test
  void accept_holeOverTheWrap_countsMissing() {
    tracker.accept(65_534);
    assertThat(tracker.accept(2)).isEqualTo(AFTER_LOSS);
    assertThat(tracker.missing()).isEqualTo(3);
    assertThat(tracker.extendedHighest()).isEqualTo(65_538);
    assertThat(tracker.cumulativeLost()).isEqualTo(3);
    assertThat(tracker.takeFractionLost()).isEqualTo(3 * 256 / 5);
    assertThat(tracker.takeFractionLost()).isZero();
  }

  @Test
  void accept_sameOrLateNumber_isDuplicateAndCostsNothing() {
    tracker.accept(10);
    tracker.accept(11);
    assertThat(tracker.accept(11)).isEqualTo(DUPLICATE);
    assertThat(tracker.accept(10)).isEqualTo(DUPLICATE);
    assertThat(tracker.accept(12)).isEqualTo(IN_ORDER);
    assertThat(tracker.cumulativeLost()).isZero();
  }

  @Test
  void accept_farAway_restarts() {
    tracker.accept(10);
    assertThat(tracker.accept(40_000)).isEqualTo(RESTART);
    assertThat(tracker.accept(40_001)).isEqualTo(IN_ORDER);
    assertThat(tracker.cumulativeLost()).isZero();
  }

  @Test
  void accept_senderRestartsALittleBefore_isBelievedWithTheSecondPacket() {
    tracker.accept(100);
    assertThat(tracker.accept(50)).isEqualTo(DUPLICATE);
    assertThat(tracker.accept(51)).isEqualTo(RESTART);
    assertThat(tracker.accept(52)).isEqualTo(IN_ORDER);
  }

  @Test
  void accept_repeatedNumberForEver_isAlwaysDuplicate() {
    tracker.accept(5);
    for (int i = 0; i < 10; i++) {
      assertThat(tracker.accept(5)).isEqualTo(DUPLICATE);
    }
  }
}
