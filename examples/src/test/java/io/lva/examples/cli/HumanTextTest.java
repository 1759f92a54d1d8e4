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
  void of_duration_isRoundedToTheNearestSecond() {
    assertThat(HumanText.of(Duration.ofSeconds(25, 560_000_000))).isEqualTo("0:00:26");
    assertThat(HumanText.of(Duration.ofSeconds(25, 499_000_000))).isEqualTo("0:00:25");
    assertThat(HumanText.of(Duration.ofMillis(3_599_500))).isEqualTo("1:00:00");
    assertThat(HumanText.of(Duration.ZERO)).isEqualTo("0:00:00");
  }

  @Test
  void of_durationBelowASecond_isInMilliseconds() {
    assertThat(HumanText.of(Duration.ofNanos(40_499_999))).isEqualTo("40 ms");
    assertThat(HumanText.of(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(HumanText.of(Duration.ofNanos(999_600_000))).isEqualTo("0:00:01");
  }

  @Test
  void of_duration_namesDaysWhenThereAreSome() {
    assertThat(HumanText.of(Duration.ofDays(7).plusMinutes(65))).isEqualTo("7 d 1:05:00");
  }

  @Test
  void count_one_isSingular() {
    assertThat(HumanText.count(1, "gap")).isEqualTo("1 gap");
    assertThat(HumanText.count(0, "gap")).isEqualTo("0 gaps");
    assertThat(HumanText.count(2, "gap")).isEqualTo("2 gaps");
  }

  @Test
  void of_nameWithALineBreak_isOneLine() {
    assertThat(HumanText.of("front\n\u001bdoor")).isEqualTo("front??door");
  }
}
