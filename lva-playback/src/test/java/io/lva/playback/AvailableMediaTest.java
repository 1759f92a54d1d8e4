package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.playback.PlayerSession.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded: days in January, February and June 2024, and in 2026. */
class AvailableMediaTest {
  @TempDir private Path store;
  private ScriptedAsset asset;

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", Instant.parse("2024-01-30T23:59:58Z"));
    asset.segment(2);
    recordAt("2024-02-01T12:00:00Z");
    recordAt("2024-06-17T08:00:00Z");
    recordAt("2026-11-22T10:00:00Z");
    asset.hole(Duration.ofSeconds(2), GapCause.PACKET_LOSS);
    asset.segment(1);
  }

  private void recordAt(String start) {
    asset.hole(Duration.between(asset.now(), Instant.parse(start)), GapCause.OPERATOR);
    asset.segment(3);
  }

  private Answer get(String query) {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      return player.get("/door/content.ism/availableMedia?" + query);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "precision=year | 2024..2024 2026..2026",
        "precision=year&startTime=2025 | 2026..2026",
        "precision=year&endTime=2025 | 2024..2024",
        "precision=year&startTime=1990&endTime=2100 | 2024..2024 2026..2026",
        "precision=month&startTime=2024-01&endTime=2024-12 | 2024-01..2024-02 2024-06..2024-06",
        "precision=month&startTime=2024-02&endTime=2024-06 | 2024-02..2024-02 2024-06..2024-06",
        "precision=month&startTime=2023-01&endTime=2023-12 | ''",
        "precision=day&startTime=2024-01-15&endTime=2024-02-14" + " | 2024-01-30..2024-02-01",
        "precision=day&startTime=2024-01-15&endTime=2024-02-14&timeZone=Europe/Berlin"
            + " | 2024-01-31..2024-02-01",
        "precision=day&startTime=2024-01-15&endTime=2024-02-14&timeZone=America/New_York"
            + " | 2024-01-30..2024-01-30 2024-02-01..2024-02-01",
        "precision=day&startTime=2024-01-30&endTime=2024-01-30&timeZone=Europe/Berlin | ''",
        "precision=day&startTime=2024-01-31&endTime=2024-01-31 | 2024-01-31..2024-01-31",
        "precision=day&startTime=2026-11-22&endTime=2026-11-22 | 2026-11-22..2026-11-22",
        "PRECISION=FULL&STARTTIME=2026-11-22&ENDTIME=2026-11-23"
            + " | 2026-11-22T10:00:00.000Z..2026-11-22T10:00:06.000Z"
            + " 2026-11-22T10:00:08.000Z..2026-11-22T10:00:10.000Z",
        "precision=full&startTime=2026-11-22T00:00:00&endTime=2026-11-22T10:00:07"
            + " | 2026-11-22T10:00:00.000Z..2026-11-22T10:00:06.000Z",
        "precision=full&startTime=2026-11-22T10:00:01.5Z&endTime=2026-11-22T10:00:02Z"
            + " | 2026-11-22T10:00:01.500Z..2026-11-22T10:00:02.000Z",
        "precision=full&startTime=2026-11-22T00:00:00Z&endTime=2026-11-23T01:00:00Z"
            + " | 2026-11-22T10:00:00.000Z..2026-11-22T10:00:06.000Z"
            + " 2026-11-22T10:00:08.000Z..2026-11-22T10:00:10.000Z",
        "precision=full&startTime=2025-01-01&endTime=2025-01-02 | ''"
      })
  void precisions_mergeAdjacentUnits(String query, String ranges) {
    Answer answer = get(query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    StringBuilder expected = new StringBuilder();
    for (String range : ranges.isEmpty() ? new String[0] : ranges.split(" ", -1)) {
      String[] ends = range.split("\\.\\.", -1);
      expected
          .append(expected.isEmpty() ? "" : ",")
          .append("{\"start\":\"%s\",\"end\":\"%s\"}".formatted(ends[0], ends[1]));
    }
    assertThat(answer.text()).isEqualTo("{\"timeRanges\":[" + expected + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "precision=",
        "precision=hour",
        "precision=year&startTime=24",
        "precision=year&startTime=2024-01",
        "precision=year&startTime=2025&endTime=2024",
        "precision=year&startTime=%2B999999999&endTime=%2B999999999",
        "precision=year&endTime=%2B999999999",
        "precision=year&startTime=-0001",
        "precision=month",
        "precision=month&startTime=2024-01",
        "precision=month&endTime=2024-01",
        "precision=month&startTime=2024-1&endTime=2024-02",
        "precision=month&startTime=2024-01&endTime=2025-01",
        "precision=month&startTime=2024-13&endTime=2024-13",
        "precision=month&startTime=%2B999999999-12&endTime=%2B999999999-12",
        "precision=day&startTime=2024-01-01&endTime=2024-02-01",
        "precision=day&startTime=2024-01-02&endTime=2024-01-01",
        "precision=day&startTime=2024-02-30&endTime=2024-02-30",
        "precision=day&startTime=2024-01-01T00:00:00Z&endTime=2024-01-01",
        "precision=full",
        "precision=full&startTime=2024-01-01",
        "precision=full&startTime=2024-01-01&endTime=2024-01-01",
        "precision=full&startTime=2024-01-02&endTime=2024-01-01",
        "precision=full&startTime=2024-01-01T00:00:00Z&endTime=2024-01-02T01:00:00.001Z",
        "precision=day&startTime=2024-01-01&endTime=2024-01-01&timeZone=Berlin",
        "precision=full&startTime=x&endTime=2024-01-01"
      })
  void requests_thatAreWrong_sayWhy(String query) {
    Answer answer = get(query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).isNotBlank().hasSizeLessThan(200);
  }

  /** The index tells of it until a repair; coverage and calendar show what can be played. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "precision=full&startTime=2024-06-17&endTime=2024-06-18 | ''",
        "precision=full&startTime=2026-11-22&endTime=2026-11-23"
            + " | 2026-11-22T10:00:08.000Z..2026-11-22T10:00:10.000Z",
        "precision=day&startTime=2024-06-01&endTime=2024-06-30 | ''",
        "precision=day&startTime=2026-11-01&endTime=2026-11-30 | 2026-11-22..2026-11-22",
        "precision=day&startTime=2024-01-31&endTime=2024-01-31 | 2024-01-31..2024-01-31",
        "precision=month&startTime=2024-01&endTime=2024-12 | 2024-01..2024-02",
        "precision=year | 2024..2024 2026..2026"
      })
  void filesThatAreRemoved_areNotShown(String query, String ranges) throws IOException {
    for (String name : List.of("20240617T080000.000Z", "20261122T100000.000Z")) {
      try (Stream<Path> files = Files.walk(store)) {
        Path file =
            files.filter(path -> path.getFileName().toString().startsWith(name)).findFirst().get();
        Files.delete(file);
      }
    }
    precisions_mergeAdjacentUnits(query, ranges);
  }

  @Test
  void spansThatAreTooLong_nameTheMaximum() {
    assertThat(get("precision=month&startTime=2024-01&endTime=2025-01").text())
        .contains("12 months");
    assertThat(get("precision=day&startTime=2024-01-01&endTime=2024-02-01").text())
        .contains("31 days");
    assertThat(get("precision=full&startTime=2024-01-01&endTime=2024-01-03").text())
        .contains("25 hours");
  }
}
