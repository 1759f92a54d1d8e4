package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00Z,      2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.250Z,  2026-11-22T10:00:00.250Z",
    "2026-11-22t10:00z,         2026-11-22T10:00:00Z",
    "2026-11-22T10:00+02:00,    2026-11-22T08:00:00Z",
    "2026-11-22T10:00,          2026-11-22T09:00:00Z",
    "2026-07-22 10:00:30,       2026-07-22T08:00:30Z",
    "2026-11-22,                2026-11-21T23:00:00Z",
  })
  void instant_whatPeopleWrite_isThatInstant(String text, Instant expected) {
    assertThat(TimeText.instant("--start", text, BERLIN)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "10:00", "2026-13-01", "2026-11-22T25:00", "2026-11-22T10:00+"})
  void instant_noTime_namesTheOptionAndAnExample(String text) {
    assertThatThrownBy(() -> TimeText.instant("--start", text, BERLIN))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--start '" + text + "'")
        .hasMessageContaining("2026-11-22T10:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "5m, PT5M", "2h, PT2H", "1D, PT24H"})
  void duration_numberAndUnit_isThatLong(String text, Duration expected) {
    assertThat(TimeText.duration("--last", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "0m", "-5m", "5 m", "5w", "99999999999m"})
  void duration_noDuration_namesTheOptionAndExamples(String text) {
    assertThatThrownBy(() -> TimeText.duration("--last", text))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--last '" + text + "'")
        .hasMessageContaining("5m");
  }
}
