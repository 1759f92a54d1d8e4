package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.Verified;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends recordings at random moments: asked to, and without a warning. */
class StopAndKillIT {
  private static final int AT_ONCE = 4;

  @TempDir private Path folder;

  @Test
  void interrupt_atTwentyRandomMoments_leavesCompleteFilesOnly() throws IOException {
    Random random = new Random(20);
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      for (int round = 0; round < 20 / AT_ONCE; round++) {
        List<LvaProcess> running = start(camera, "stop", round);
        for (LvaProcess lva : running) {
          lva.awaitOutput("RecordingStarted", Duration.ofSeconds(90));
          pause(lva, random.nextInt(700));
          lva.interrupt();
        }
        for (LvaProcess lva : running) {
          Judges.Verdict verdict = lva.await(Duration.ofSeconds(90));
          assertThat(verdict.errors()).isEmpty();
          assertThat(verdict.exitCode()).isZero();
          assertThat(verdict.output()).contains("RecordingStopped");
        }
      }
    }
    assertThat(Recorded.files(folder, ".part")).isEmpty();
    assertVerifies();
  }

  @Test
  void controlC_whileRecording_leavesCompleteFilesAndExitsWithZero() throws IOException {
    Assumptions.assumeTrue(LvaProcess.canStartWithInterrupt(), "env cannot reset a signal");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        LvaProcess lva =
            LvaProcess.startWithInterrupt(
                folder,
                "record",
                camera.uri("/pattern").toString(),
                "--asset",
                "door",
                "--store",
                folder.resolve("store").toString())) {
      lva.awaitOutput("RecordingAvailable", Duration.ofSeconds(90));
      lva.pressControlC();
      Judges.Verdict verdict = lva.await(Duration.ofSeconds(90));
      assertThat(verdict.errors()).isEmpty();
      assertThat(verdict.exitCode()).isZero();
      assertThat(verdict.output()).contains("RecordingStopped");
    }
    assertThat(Recorded.files(folder, ".part")).isEmpty();
    assertVerifies();
  }

  /** Of ten rounds two are killed while they start on what was left, two while they stop. */
  @Test
  void kill_atRandomMoments_losesAtMostThePartBeingBuilt() throws IOException {
    int rounds = Integer.getInteger("lva.kills", 100) / AT_ONCE;
    Random random = new Random(100);
    KillLosses losses = new KillLosses();
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      for (int round = 0; round < rounds; round++) {
        Instant start = Instant.now();
        List<LvaProcess> running = start(camera, "kill", 0);
        KillMoment moment = KillMoment.of(round);
        for (LvaProcess lva : running) {
          moment.await(lva);
        }
        for (int i = 0; i < AT_ONCE; i++) {
          LvaProcess lva = running.get(i);
          moment.pass(lva, random);
          boolean available = lva.output().contains("RecordingAvailable");
          losses.add(new KillLosses.Kill("kill-0-" + i, moment, start, Instant.now(), available));
          lva.kill();
        }
      }
      for (LvaProcess lva : start(camera, "kill", 0)) {
        lva.awaitOutput("RecordingAvailable", Duration.ofSeconds(90));
        lva.interrupt();
        assertThat(lva.await(Duration.ofSeconds(90)).exitCode()).isZero();
      }
    }
    assertThat(Recorded.files(folder, ".part")).isEmpty();
    assertVerifies();
    losses.check(verified());
    Recorded recorded = Recorded.of(folder.resolve("store"), "kill-0-0");
    if (Judges.isInstalled("ffmpeg")) {
      recorded.segments().forEach(segment -> Judges.decodes(segment.toString()));
    }
  }

  @Test
  void mediaFolders_removedWhileRecording_areMadeAgainAndTheLossIsAGap() throws IOException {
    Path store = folder.resolve("store");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        LvaProcess lva =
            LvaProcess.start(
                folder,
                "record",
                camera.uri("/pattern").toString(),
                "--asset",
                "removed",
                "--store",
                store.toString())) {
      lva.awaitOutput("RecordingAvailable", Duration.ofSeconds(90));
      removeMedia(store.resolve("removed"));
      lva.awaitOutput("StorageError", Duration.ofSeconds(30));
      for (int i = 0; i < 300 && mediaBytes(store) < 20_000; i++) {
        pause(lva, 100);
      }
      assertThat(mediaBytes(store)).as("recorded afterwards").isGreaterThan(20_000);
      lva.interrupt();
      assertThat(lva.await(Duration.ofSeconds(30)).exitCode()).isZero();
    }
    assertVerifies();
    assertThat(Verified.of(folder, store, "removed").gaps())
        .extracting(Verified.Gap::cause)
        .contains("storage-error");
    if (Judges.isInstalled("ffmpeg")) {
      List<Path> segments = Recorded.of(store, "removed").segments();
      assertThat(segments).isNotEmpty().allSatisfy(file -> Judges.decodes(file.toString()));
    }
  }

  private static void removeMedia(Path asset) throws IOException {
    try (Stream<Path> tree = Files.walk(asset)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (asset.relativize(path).toString().startsWith("2")) {
          Files.delete(path);
        }
      }
    }
  }

  private static long mediaBytes(Path store) throws IOException {
    long bytes = 0;
    for (Path file : Recorded.files(store, ".part")) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private Map<String, Verified> verified() {
    Map<String, Verified> assets = new HashMap<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String asset = "kill-0-" + i;
      assets.put(asset, Verified.of(folder, folder.resolve("store"), asset));
    }
    return assets;
  }

  private List<LvaProcess> start(CameraSimulator camera, String name, int round) {
    List<LvaProcess> running = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      running.add(
          LvaProcess.start(
              folder,
              "record",
              camera.uri("/pattern").toString(),
              "--asset",
              name + "-" + round + "-" + i,
              "--store",
              folder.resolve("store").toString()));
    }
    return running;
  }

  /** Lets a process run on for a while. */
  private static void pause(LvaProcess lva, int millis) {
    assertThat(lva.endsWithin(Duration.ofMillis(millis))).isFalse();
  }

  private void assertVerifies() {
    Judges.Verdict verdict =
        LvaProcess.run(folder, "verify", "--json", "--store", folder.resolve("store").toString());
    assertThat(verdict.output()).contains("\"problems\":[]");
    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
  }
}
