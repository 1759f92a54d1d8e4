package io.lva.asset.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssetReportJsonTest {
  @Test
  void toJson_openGap_endIsNullAndCauseTheFirst() {
    var gap =
        new AssetReport.GapReport(
            Instant.parse("2026-11-22T10:00:00Z"),
            Optional.empty(),
            List.of(GapCause.PACKET_LOSS, GapCause.WAITING_FOR_SYNC),
            GapOrigin.SOURCE,
            Duration.ZERO);
    var report = new AssetReport("a", 0, 0, List.of(), List.of(gap), List.of());
    assertThat(AssetReportJson.toJson(List.of(report)))
        .isEqualTo(
            "{\"assets\":[{\"asset\":\"a\",\"segments\":0,\"bytes\":0,\"runs\":[],\"gaps\":[{\"start\":"
                + "\"2026-11-22T10:00:00.000Z\",\"end\":null,\"cause\":\"packet-loss\",\"origin\":"
                + "\"source\"}],\"problems\":[]}]}");
  }
}
