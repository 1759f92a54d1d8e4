package io.lva.rtsp.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class LoopTurnsTest {
  private static final long SPACING = LoopTurns.SPACING.toNanos();

  private long now = 1_000_000_000_000L;
  private long paused;
  private final LoopTurns turns = new LoopTurns(() -> now, this::pause);

  private void pause(long nanos) {
    paused += nanos;
    now += nanos;
  }

  @Test
  void calculateStrategy_firstTurn_selectsAtOnce() throws Exception {
    assertThat(turns.calculateStrategy(() -> 7, false)).isEqualTo(SelectStrategy.SELECT);
    assertThat(paused).isZero();
  }

  @Test
  void calculateStrategy_turnAfterTurn_keepsTheirDistance() throws Exception {
    turns.calculateStrategy(() -> 7, false);
    for (int turn = 0; turn < 10; turn++) {
      long begun = now;
      now += SPACING / 3;
      assertThat(turns.calculateStrategy(() -> 7, false)).isEqualTo(SelectStrategy.SELECT);
      assertThat(now - begun).isEqualTo(SPACING);
    }
  }

  @Test
  void calculateStrategy_afterQuietTime_selectsAtOnce() throws Exception {
    turns.calculateStrategy(() -> 7, false);
    now += SPACING;
    turns.calculateStrategy(() -> 7, false);
    assertThat(paused).isZero();
  }

  @Test
  void calculateStrategy_withTasks_neverWaits() throws Exception {
    turns.calculateStrategy(() -> 7, false);
    assertThat(turns.calculateStrategy(() -> 7, true)).isEqualTo(7);
    assertThat(paused).isZero();
  }

  @Test
  void calculateStrategy_connectionWithMoreWaiting_waitsOnlyBehindTheNextTurn() throws Exception {
    turns.calculateStrategy(() -> 7, false);
    turns.received(LoopTurns.PRESSING_BYTES);
    turns.received(1);
    turns.calculateStrategy(() -> 7, false);
    assertThat(paused).isZero();
    turns.received(LoopTurns.PRESSING_BYTES - 1);
    turns.calculateStrategy(() -> 7, false);
    assertThat(paused).isEqualTo(SPACING);
  }
}
