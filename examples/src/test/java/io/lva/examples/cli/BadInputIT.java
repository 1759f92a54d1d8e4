package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.GStreamerServer;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said in one line, with exit code 2, and leaves nothing behind. */
class BadInputIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "htp://127.0.0.1/x,               expected rtsp://",
    "rtsp:/127.0.0.1/x,               expected rtsp://",
    "rtsp://bad host/x,               expected rtsp://",
    "rtsp://127.0.0.1:99999/x,        expected rtsp://",
    "rtsp://no-such-host.invalid/x,   no-such-host.invalid",
  })
  void record_wrongUrl_saysSoInOneLine(String url, String expected) {
    assertRefused(record(url), expected);
  }

  @Test
  void record_refusedConnection_namesTheAddress() throws IOException {
    int port = GStreamerServer.freePort();
    assertRefused(record("rtsp://127.0.0.1:" + port + "/x"), "127.0.0.1:" + port);
  }

  @Test
  void record_noSuchStream_says404() throws IOException {
    try (CameraSimulator camera = CameraSimulator.builder().start()) {
      assertRefused(record(camera.uri("/nothing").toString()), "404");
    }
  }

  @Test
  void record_wrongPassword_says401AndHidesIt() throws IOException {
    try (CameraSimulator camera = CameraSimulator.builder().credentials("admin", "right").start()) {
      String url = "rtsp://admin:s3cret-wr0ng@127.0.0.1:" + camera.port() + "/pattern";
      Judges.Verdict verdict = record(url);
      assertRefused(verdict, "401");
      assertThat(verdict.output() + verdict.errors()).doesNotContain("s3cret");
    }
  }

  @Test
  void record_storeBelowAFile_namesTheFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    try (CameraSimulator camera = CameraSimulator.builder().start()) {
      assertRefused(
          run(
              "record",
              camera.uri("/pattern").toString(),
              "--asset",
              "a",
              "--store",
              file.resolve("store").toString()),
          "file/store");
    }
  }

  @Test
  void record_fullDisk_saysSoAndLeavesNothing() throws IOException {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    Judges.Verdict mounted =
        Judges.run("mount", "-t", "tmpfs", "-o", "size=1m", "none", volume.toString());
    Assumptions.assumeTrue(mounted.exitCode() == 0, "only root can mount a small volume");
    try (CameraSimulator camera = CameraSimulator.builder().start()) {
      assertRefused(
          run(
              "record",
              camera.uri("/pattern").toString(),
              "--asset",
              "a",
              "--store",
              volume.toString()),
          "full");
      assertThat(Recorded.files(volume, "")).containsExactly(volume);
    } finally {
      Judges.accept("umount", volume.toString());
    }
  }

  @Test
  void record_assetInUse_saysSo() throws IOException {
    Path store = folder.resolve("shared");
    try (CameraSimulator camera = CameraSimulator.builder().start();
        LvaProcess first =
            LvaProcess.start(
                folder,
                "record",
                camera.uri("/pattern").toString(),
                "--asset",
                "a",
                "--store",
                store.toString())) {
      first.awaitOutput("RecordingAvailable", java.time.Duration.ofSeconds(90));
      assertRefused(
          run(
              "record",
              camera.uri("/pattern").toString(),
              "--asset",
              "a",
              "--store",
              store.toString()),
          "in use");
      first.interrupt();
      assertThat(first.await(java.time.Duration.ofSeconds(90)).exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "verify --store NOWHERE",
    "assets --store NOWHERE",
    "export --store NOWHERE --asset a --start x --end y -o z.mp4",
    "topology nothing.json",
    "run --operations nothing.json",
    "record",
    "record rtsp://127.0.0.1/x",
    "record rtsp://127.0.0.1/x --asset a --seconds 0",
    "record rtsp://127.0.0.1/x --asset a --user u --password-file nothing",
    "camera --media nothing",
    "probe",
    "nonsense",
  })
  void command_wrongArguments_saysSoInOneLine(String arguments) {
    assertRefused(run(arguments.split(" ", /* limit= */ -1)), "lva: ");
  }

  private Judges.Verdict record(String url) {
    Path store = folder.resolve("store");
    Judges.Verdict verdict = run("record", url, "--asset", "a", "--store", store.toString());
    assertThat(Files.exists(store.resolve("a"))).as("nothing is left behind").isFalse();
    return verdict;
  }

  private Judges.Verdict run(String... arguments) {
    return LvaProcess.run(folder, arguments);
  }

  private static void assertRefused(Judges.Verdict verdict, String expected) {
    List<String> lines = verdict.errors().lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("lva: ").contains(expected).doesNotContain("Exception");
    assertThat(verdict.exitCode()).isEqualTo(2);
  }
}
