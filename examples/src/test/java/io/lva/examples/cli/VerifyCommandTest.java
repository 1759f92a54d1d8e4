package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.index.RunId;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  /** A place at which nothing is missing is not shown as a hole of no length. */
  @Test
  void summary_clockSetBack_isAnOverlapAndNoGap() {
    var gap =
        new GapReport(
            TEN,
            Optional.of(TEN.plusSeconds(4)),
            List.of(GapCause.STREAM_ENDED, GapCause.WAITING_FOR_SYNC),
            GapOrigin.SOURCE,
            Duration.ZERO);
    var back =
        new GapReport(
            TEN.plusSeconds(60),
            Optional.of(TEN.plusSeconds(60)),
            List.of(GapCause.CLOCK_STEP),
            GapOrigin.SOURCE,
            Duration.ofMillis(2700));
    var run = new AssetReport.RunReport(new RunId("abcdefgh"), TEN, TEN.plusSeconds(1));
    var report =
        new AssetReport(
            "door",
            1,
            2,
            List.of(run),
            List.of(gap, back),
            List.of(new AssetReport.Problem("x.mp4", "is missing")));
    assertThat(VerifyCommand.summary(report))
        .containsExactly(
            "door: 1 segment, 2 bytes, 1 run, 1 gap, 1 overlap, 1 problem",
            "  gap      2026-11-22T10:00:00.000Z - 2026-11-22T10:00:04.000Z the camera ended the"
                + " stream, waiting for a complete picture",
            "  overlap  2026-11-22T10:01:00.000Z by 0:00:03, nothing is missing: the clock was set",
            "  problem  x.mp4: is missing");
  }
}
