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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        GStreamerServer.start(folder, GStreamerServer.file("/clip", clip))) {
      record(server.url("/clip"), store, "--transport", transport);
    }
    assertIsWhole(store, clip);
  }

  private void record(String url, Path store, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("record", url, "--asset", "a", "--store", store.toString(), "--seconds", "10"));
    arguments.addAll(List.of(options));
    try (LvaProcess lva = LvaProcess.start(folder, arguments.toArray(String[]::new))) {
      Judges.Verdict verdict = lva.await(Duration.ofMinutes(2));
      assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
    }
  }

  private void assertIsWhole(Path store, Path clip) throws IOException {
    Recorded recorded = Recorded.of(store, "a");
    recorded.assertPlayableAndContinuous(/* frameTicks= */ 3600);
    assertIsPartOf(recorded.slices(folder), Clips.slices(folder, clip));
  }

  @Test
  void record_overTls_isTheSourceToTheBitWhenTheCertificateIsTrusted() throws IOException {
    Judges.require("ffmpeg", "ffprobe", "openssl");
    Path clip = Clips.mp4(folder, 30, 0);
    Path certificate = certificateOf("camera.example");
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both, Files.readString(certificate) + Files.readString(folder.resolve("key.pem")));
    try (GStreamerServer server =
        GStreamerServer.start(
            folder, "--tls", both.toString(), GStreamerServer.file("/clip", clip))) {
      String url = server.url("/clip").replace("rtsp:", "rtsps:");
      String trusted = certificate.toString();
      assertThat(LvaProcess.run(folder, "probe", url).errors())
          .contains("certificate")
          .contains("trusted");
      assertThat(LvaProcess.run(folder, "probe", url, "--trusted-certificates", trusted).errors())
          .contains("127.0.0.1")
          .contains("camera.example")
          .contains("valid until");
      Path store = folder.resolve("store");
      record(url, store, "--trusted-certificates", trusted, "--ignore-hostname");
      assertIsWhole(store, clip);
      assertThat(LvaProcess.run(folder, "probe", url, "--ignore-signature", "--ignore-hostname"))
          .satisfies(verdict -> assertThat(verdict.output()).contains("0 packets lost"));
    }
  }

  private Path certificateOf(String host) {
    Path certificate = folder.resolve("certificate.pem");
    Judges.Verdict made =
        Judges.run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=" + host,
            "-addext",
            "subjectAltName=DNS:" + host,
            "-keyout",
            folder.resolve("key.pem").toString(),
            "-out",
            certificate.toString());
    assertThat(made.exitCode()).as(made.errors()).isZero();
    return certificate;
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
