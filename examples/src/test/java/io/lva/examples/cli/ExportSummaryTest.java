package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetGap;
import io.lva.asset.index.TimeRange;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportSummaryTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private static TimeRange range(long fromSeconds, long toSeconds) {
    return new TimeRange(TEN.plusSeconds(fromSeconds), TEN.plusSeconds(toSeconds));
  }

  private static AssetGap gap(TimeRange range, boolean bridged) {
    Gap open = Gap.open("g" + range, range.start(), GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE);
    return new AssetGap(open.closedAt(range.end()), bridged);
  }

  @Test
  void lines_everythingRecorded_isOneLine() {
    var summary = new ExportSummary(range(0, 60), List.of(range(0, 60)), List.of());
    assertThat(summary.lines("clip.mp4"))
        .containsExactly(
            "clip.mp4: 0:01:00 of 0:01:00 recorded, nothing missing, from"
                + " 2026-11-22T10:00:00.000Z");
  }

  @Test
  void lines_cutsAndABridge_tellEachWithItsCause() {
    var summary =
        new ExportSummary(
            range(0, 900),
            List.of(range(0, 100), range(400, 592)),
            List.of(gap(range(50, 54), /* bridged= */ true), gap(range(100, 400), false)));
    assertThat(summary.lines("clip.mp4"))
        .containsExactly(
            "clip.mp4: 0:04:48 of 0:15:00 recorded, 0:10:12 missing, from"
                + " 2026-11-22T10:00:00.000Z",
            "  gap    2026-11-22T10:01:40.000Z - 2026-11-22T10:06:40.000Z  0:05:00"
                + "  camera unreachable",
            "  gap    2026-11-22T10:09:52.000Z - 2026-11-22T10:15:00.000Z  0:05:08  not recorded",
            "  still  2026-11-22T10:00:50.000Z - 2026-11-22T10:00:54.000Z  0:00:04"
                + "  camera unreachable");
  }

  /** A picture that stands still is no media of an outage. */
  @Test
  void lines_bridgeAcrossTheStart_countsWhatIsShownOfIt() {
    var summary =
        new ExportSummary(
            range(0, 60), List.of(range(0, 60)), List.of(gap(range(-5, 4), /* bridged= */ true)));
    assertThat(summary.lines("clip.mp4"))
        .containsExactly(
            "clip.mp4: 0:00:56 of 0:01:00 recorded, 0:00:04 missing, from"
                + " 2026-11-22T10:00:00.000Z",
            "  still  2026-11-22T10:00:00.000Z - 2026-11-22T10:00:04.000Z  0:00:04"
                + "  camera unreachable");
  }

  /** Nothing of the bridge is in the file: it is no more missing for that. */
  @Test
  void lines_bridgeWithinACut_isCountedOnce() {
    var summary =
        new ExportSummary(
            range(0, 60), List.of(range(0, 20)), List.of(gap(range(30, 34), /* bridged= */ true)));
    assertThat(summary.lines("clip.mp4").get(0)).contains("0:00:20 of 0:01:00 recorded, 0:00:40");
  }

  @Test
  void cuts_shorterThanAFewPictures_isNone() {
    var shown = List.of(range(0, 30), new TimeRange(TEN.plusMillis(30_040), TEN.plusSeconds(60)));
    assertThat(new ExportSummary(range(0, 60), shown, List.of()).cuts()).isEmpty();
  }
}
