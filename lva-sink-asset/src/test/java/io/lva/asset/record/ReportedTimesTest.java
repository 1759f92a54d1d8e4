package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.index.RunId;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReportJson;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportedTimesTest {
  @Test
  void toJson_clockSetBack_isAStepAndNoHole() {
    Instant stopped = Instant.parse("2026-11-22T10:00:01.000600Z");
    AssetReport report =
        new AssetReport(
            "door",
            2,
            100,
            List.of(),
            List.of(
                new AssetReport.GapReport(
                    stopped,
                    Optional.of(stopped),
                    List.of(GapCause.CLOCK_STEP),
                    GapOrigin.RUNTIME,
                    Duration.ofMillis(2700))),
            List.of());

    assertThat(AssetReportJson.toJson(List.of(report)))
        .contains("\"start\":\"2026-11-22T10:00:01.000Z\",\"end\":\"2026-11-22T10:00:01.000Z\"")
        .contains("\"clockStepMillis\":-2700");
  }

  @Test
  void toJson_withBoundsBetweenMilliseconds_roundsIntoTheMedia() {
    Instant end = Instant.parse("2026-11-22T10:00:01.000600Z");
    Instant start = Instant.parse("2026-11-22T10:00:05.000011111Z");
    RunId run = new RunId("abcdefgh");
    AssetReport report =
        new AssetReport(
            "door",
            2,
            100,
            List.of(new AssetReport.RunReport(run, start, end.plusSeconds(9))),
            List.of(
                new AssetReport.GapReport(
                    end,
                    Optional.of(start),
                    List.of(GapCause.OPERATOR),
                    GapOrigin.RUNTIME,
                    Duration.ZERO)),
            List.of());

    assertThat(AssetReportJson.toJson(List.of(report)))
        .contains("\"start\":\"2026-11-22T10:00:05.001Z\",\"end\":\"2026-11-22T10:00:10.000Z\"")
        .contains("\"start\":\"2026-11-22T10:00:01.000Z\",\"end\":\"2026-11-22T10:00:05.001Z\"");
  }
}
