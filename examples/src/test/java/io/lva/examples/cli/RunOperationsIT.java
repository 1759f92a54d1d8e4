package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Verified;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the published operations files as the tutorial's reader does, against a camera. */
class RunOperationsIT {
  @TempDir private Path folder;

  @Test
  void run_continuousRecording_statusesOfTheTutorialAndARecording() throws IOException {
    Judges.Verdict verdict = run("operations-cvr.json", 90, RunOperationsIT::endPauseWhenAvailable);
    assertThat(verdict.exitCode()).as("%s", verdict).isZero();
    assertThat(calls(verdict))
        .containsExactly(
            "GraphTopologyList 200",
            "GraphInstanceList 200",
            "GraphTopologySet 201",
            "GraphInstanceSet 201",
            "GraphInstanceActivate 200",
            "GraphInstanceList 200",
            "GraphInstanceDeactivate 200",
            "GraphInstanceDelete 200",
            "GraphInstanceList 200",
            "GraphTopologyDelete 200",
            "GraphTopologyList 200");
    assertThat(verdict.output())
        .contains("Diagnostics.MediaSessionEstablished")
        .contains("Operational.RecordingStarted", "Operational.RecordingStopped")
        .contains("\"outputLocation\":\"sampleAsset-CVRToAMSAsset-Sample-Graph-1\"")
        .contains("\"state\":\"Active\"");
    assertSecretsHidden(verdict);
    Verified asset =
        Verified.of(folder, folder.resolve("store"), "sampleAsset-CVRToAMSAsset-Sample-Graph-1");
    assertThat(asset.problems()).isEmpty();
    assertThat(asset.runs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"operations.json", "operations-api1.0-earliest.json"})
  void run_motionDetection_isActivatedLikeAnyOtherGraph(String file) throws IOException {
    Judges.Verdict verdict = run(file, 0, lva -> {});
    assertThat(verdict.exitCode()).as("%s", verdict).isZero();
    assertThat(calls(verdict))
        .startsWith("GraphTopologyList 200", "GraphInstanceList 200", "GraphTopologySet 201")
        .contains("GraphInstanceSet 201", "GraphInstanceActivate 200", "GraphInstanceDelete 200")
        .endsWith("GraphTopologyDelete 200", "GraphTopologyList 200")
        .allMatch(call -> call.matches(".* 20[01]"));
    assertSecretsHidden(verdict);
  }

  /** The signal ends the pause; the file is played to its end. */
  private static void endPauseWhenAvailable(LvaProcess lva) {
    lva.awaitOutput("RecordingAvailable", Duration.ofSeconds(90));
    lva.interrupt();
  }

  private Judges.Verdict run(String operations, int pauseSeconds, Consumer<LvaProcess> meanwhile)
      throws IOException {
    Path file = SharedData.path("contract/" + operations);
    assumeThat(file).as("the published operations").exists();
    try (CameraSimulator camera =
            CameraSimulator.builder().credentials("testuser", "testpassword").start();
        LvaProcess lva =
            LvaProcess.start(
                folder,
                "run",
                "--operations",
                file.toString(),
                "--topologies",
                SharedData.path("topologies").toString(),
                "--set",
                "rtspUrl=" + camera.uri("/pattern"),
                "--pause",
                Integer.toString(pauseSeconds),
                "--store",
                folder.resolve("store").toString())) {
      meanwhile.accept(lva);
      return lva.await(Duration.ofSeconds(150));
    }
  }

  /** Returns each method and its status. */
  private static List<String> calls(Judges.Verdict verdict) {
    List<String> calls = new ArrayList<>();
    String method = "";
    for (String line : verdict.output().lines().toList()) {
      if (line.startsWith("request  ")) {
        method = line.split(" +", /* limit= */ 3)[1];
      } else if (line.startsWith("status   ")) {
        calls.add(method + " " + line.substring("status   ".length()));
      }
    }
    return calls;
  }

  private static void assertSecretsHidden(Judges.Verdict verdict) {
    assertThat(verdict.output() + verdict.errors())
        .doesNotContain("testpassword", "dummyPassword")
        .contains("\"name\":\"rtspPassword\",\"value\":\"****\"");
  }
}
