package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HumanTextTest {
  @Test
  void of_time_isUtcToTheMillisecond() {
    assertThat(HumanText.of(Instant.parse("2026-11-22T10:00:00Z").plusNanos(5_011_111)))
        .isEqualTo("2026-11-22T10:00:00.005Z");
  }

  @Test
  void of_duration_namesDaysWhenThereAreSome() {
    assertThat(HumanText.of(Duration.ofSeconds(25, 560_000_000))).isEqualTo("0:00:25");
    assertThat(HumanText.of(Duration.ofDays(7).plusMinutes(65))).isEqualTo("7 d 1:05:00");
  }

  @Test
  void of_nameWithALineBreak_isOneLine() {
    assertThat(HumanText.of("front\n\u001bdoor")).isEqualTo("front??door");
  }
}
