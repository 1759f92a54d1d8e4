package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.Clips;
import io.lva.examples.judge.GStreamerServer;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.NalUnits;
import io.lva.examples.judge.Recorded;
import io.lva.media.Bytes;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records a server that is not ours over each transport. */
class RecordTransportsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "http"})
  void record_tenSeconds_isTheSourceToTheBit(String transport) throws IOException {
    Judges.require("ffmpeg", "ffprobe");
    Path clip = Clips.mp4(folder, 30, 0);
    Path store = folder.resolve("store");
    try (GStreamerServer server =
            GStreamerServer.start(folder, GStreamerServer.file("/clip", clip));
        LvaProcess lva =
            LvaProcess.start(
                folder,
                "record",
                server.url("/clip"),
                "--transport",
                transport,
                "--asset",
                "a",
                "--store",
                store.toString(),
                "--seconds",
                "10")) {
      Judges.Verdict verdict = lva.await(Duration.ofMinutes(2));
      assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
    }
    Recorded recorded = Recorded.of(store, "a");
    recorded.assertPlayableAndContinuous(/* frameTicks= */ 3600);
    assertIsPartOf(recorded.slices(folder), Clips.slices(folder, clip));
  }

  private static void assertIsPartOf(NalUnits recorded, NalUnits source) {
    List<Bytes> units = recorded.units();
    int start = source.units().indexOf(units.get(0));
    assertThat(start).isNotNegative();
    assertThat(units).hasSizeGreaterThan(9 * 25);
    assertThat(units).isEqualTo(source.units().subList(start, start + units.size()));
  }

  @Test
  void probe_serverWithoutTcp_autoTakesUdp() throws IOException {
    Path clip = Clips.mp4(folder, 30, 0);
    try (GStreamerServer server =
        GStreamerServer.start(folder, "--protocols", "udp", GStreamerServer.file("/clip", clip))) {
      Judges.Verdict verdict =
          LvaProcess.run(folder, "probe", "--transport", "auto", server.url("/clip"));
      assertThat(verdict.output())
          .contains("transport   udp")
          .contains("0 packets lost")
          .contains("TCP refused; received over UDP instead");
      assertThat(LvaProcess.run(folder, "probe", server.url("/clip")).errors())
          .contains("transport not offered (461");
    }
  }

  @Test
  void probe_serverWithoutUdp_turnsToTcp() throws IOException {
    Path clip = Clips.mp4(folder, 30, 0);
    try (GStreamerServer server =
        GStreamerServer.start(folder, "--protocols", "tcp", GStreamerServer.file("/clip", clip))) {
      Judges.Verdict verdict =
          LvaProcess.run(folder, "probe", "--transport", "udp", server.url("/clip"));
      assertThat(verdict.output())
          .contains("transport   tcp")
          .contains("UDP refused; received over TCP instead");
    }
  }
}
