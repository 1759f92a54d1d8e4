package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void of_realTime_takesWhatAllStreamsBringAndAnEighthMore() {
    MemoryPlan plan = MemoryPlan.of(500_000, 300, Duration.ofSeconds(70));
    assertThat(plan.bytes()).isEqualTo(13_500_000_000L);
  }

  @Test
  void check_roomForAll_passes() throws IOException {
    new MemoryPlan(6 * GIBIBYTE).check(9 * GIBIBYTE, 6 * GIBIBYTE);
  }

  @Test
  void check_tooLittleMemory_saysInOneLineWhatIsThere() {
    assertThatThrownBy(() -> new MemoryPlan(7 * GIBIBYTE).check(9 * GIBIBYTE, 12 * GIBIBYTE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the run writes up to 7168 MiB, and there is memory for 6144 ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void check_tooSmallTmpfs_refuses() {
    assertThatThrownBy(() -> new MemoryPlan(GIBIBYTE).check(9 * GIBIBYTE, 64 << 20))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is memory for 64 ");
  }
}
