package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final LogLimit limit = new LogLimit(Duration.ofMinutes(10));

  @Test
  void admit_oneFailureADay_isLoggedAlways() {
    for (int day = 0; day < 7; day++) {
      assertThat(limit.admit(Duration.ofDays(day).toNanos())).hasValue(0);
    }
  }

  @Test
  void admit_fourFailuresAMinuteForAWeek_sixLinesAnHourThatCountTheOthers() {
    List<Integer> lines = new ArrayList<>();
    long step = MINUTE.dividedBy(4).toNanos();
    // The clock may begin anywhere, and passes its largest value.
    long start = Long.MAX_VALUE - step * 1000;
    int failures = 4 * 60 * 24 * 7;
    IntStream.range(0, failures).forEach(i -> limit.admit(start + i * step).ifPresent(lines::add));
    assertThat(lines).hasSize(6 * 24 * 7).startsWith(0).element(1).isEqualTo(39);
    assertThat(lines.stream().mapToInt(count -> count + 1).sum()).isEqualTo(failures - 39);
  }
}
