package io.lva.processor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the contract, case by case, in seconds. */
class GateDeciderTest {
  private static final long SECOND = 1_000_000_000L;

  private final GateTimes times = new GateTimes(SECOND, -5 * SECOND, 30 * SECOND, 60 * SECOND);
  private final GateDecider gate = new GateDecider(times);
  private final List<String> recordings = new ArrayList<>();
  private long now;

  @Test
  void event_one_recordsFromOffsetToMinimum() {
    runTo(100);
    gate.event(100 * SECOND, 100 * SECOND);
    runTo(200);
    assertThat(recordings).containsExactly("95..130");
  }

  @Test
  void event_whileOpen_prolongs() {
    runTo(100);
    gate.event(100 * SECOND, 100 * SECOND);
    runTo(120);
    gate.event(120 * SECOND, 120 * SECOND);
    runTo(200);
    assertThat(recordings).containsExactly("95..150");
  }

  @Test
  void event_endless_endsAtMaximumAndOpensAgain() {
    for (int second = 100; second <= 170; second++) {
      runTo(second);
      gate.event(second * SECOND, second * SECOND);
    }
    runTo(300);
    assertThat(recordings).containsExactly("95..160", "156..200");
  }

  @Test
  void event_earlierWithinWindow_becomesTheFirst() {
    runTo(100);
    gate.event(100 * SECOND, 100 * SECOND);
    gate.event(98 * SECOND, 101 * SECOND);
    runTo(200);
    assertThat(recordings).containsExactly("93..130");
  }

  @Test
  void event_earlierAfterWindow_isLate() {
    runTo(100);
    gate.event(100 * SECOND, 100 * SECOND);
    runTo(102);
    assertThat(gate.event(98 * SECOND, 102 * SECOND)).isFalse();
    runTo(200);
    assertThat(recordings).containsExactly("95..130");
  }

  @Test
  void event_ofAnOpeningThatHadItsMaximum_opensNothing() {
    runTo(100);
    gate.event(100 * SECOND, 100 * SECOND);
    runTo(125);
    gate.event(125 * SECOND, 125 * SECOND);
    runTo(150);
    gate.event(150 * SECOND, 150 * SECOND);
    runTo(161);
    assertThat(gate.event(159 * SECOND, 161 * SECOND)).isFalse();
    runTo(300);
    assertThat(recordings).containsExactly("95..160");
  }

  @Test
  void event_ofTheOpeningThatArrivesWithinTheWindowAfterItsEnd_prolongs() {
    runTo(100);
    gate.event(100 * SECOND, 100 * SECOND);
    runTo(130);
    gate.event(129 * SECOND, 130 * SECOND + SECOND / 2);
    runTo(200);
    assertThat(recordings).containsExactly("95..159");
  }

  @Test
  void event_beforeAnyMedia_waitsForMedia() {
    gate.event(2 * SECOND, 0);
    assertThat(gate.advance(Long.MIN_VALUE, 5 * SECOND)).isTrue();
    assertThat(gate.advance(Long.MIN_VALUE, 500 * SECOND)).isFalse();
    assertThat(gate.opening()).isNotNull();
  }

  private void runTo(long second) {
    while (now < second * SECOND) {
      now += SECOND / 5;
      GateDecider.Opening before = gate.opening();
      while (gate.advance(now, now)) {
        if (before != null && !before.equals(gate.opening())) {
          recordings.add(before.start() / SECOND + ".." + before.end() / SECOND);
        }
        before = gate.opening();
      }
    }
  }
}
