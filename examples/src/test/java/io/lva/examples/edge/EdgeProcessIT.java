package io.lva.examples.edge;

import static io.lva.examples.edge.TutorialModule.LVA;
import static io.lva.examples.edge.TutorialModule.PATIENCE;
import static io.lva.examples.edge.TutorialModule.type;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.MethodResult;
import io.lva.iot.testkit.WorkloadApi;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module as a process of its own, beside an emulated hub. */
class EdgeProcessIT {
  private static final String VERSION = "{\"@apiVersion\": \"1.0\"}";
  private static final String NAMED = "{\"@apiVersion\": \"1.0\", \"name\": \"camera\"}";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private EdgeHubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
    hub.patchDesired(LVA, TutorialModule.desired(folder, folder.resolve("store").toString()));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private LvaProcess module() {
    return TutorialModule.start(folder, hub.developmentEnvironment(LVA));
  }

  private void call(String name, String payload, int status) throws InterruptedException {
    MethodResult result = hub.invoke(LVA, name, payload, PATIENCE);
    assertThat(result.status()).as(name + ": " + result.payload()).isEqualTo(status);
  }

  /** Activates the instance of the tutorial, with a camera. */
  private void activate(CameraSimulator camera) throws Exception {
    call(
        "GraphTopologySet",
        new String(SharedData.bytes("topologies/cvr-asset/1.0/topology.json"), UTF_8),
        201);
    call(
        "GraphInstanceSet",
        """
        {"@apiVersion": "1.0", "name": "camera", "properties": {
          "topologyName": "CVRToAMSAsset", "parameters": [
            {"name": "rtspUrl", "value": "%s"},
            {"name": "rtspUserName", "value": "testuser"},
            {"name": "rtspPassword", "value": "testpassword"}]}}\
        """
            .formatted(camera.uri("/pattern")),
        201);
    call("GraphInstanceActivate", NAMED, 200);
  }

  @Test
  void edge_killedTwiceWhileTheHubIsAway_activeAgainAndEveryOperationalEventArrives()
      throws Exception {
    try (CameraSimulator camera =
            CameraSimulator.builder().credentials("testuser", "testpassword").start();
        LvaProcess first = module()) {
      activate(camera);
      hub.awaitEvent(type("RecordingAvailable"), PATIENCE);
      hub.stop(/* forget= */ true);
      first.kill();
      int before = hub.events().size();
      try (LvaProcess second = module()) {
        awaitRecording(second);
        second.kill();
        try (LvaProcess third = module()) {
          awaitRecording(third);
          assertThat(hub.events()).hasSize(before);
          hub.resume();
          call("GraphInstanceDeactivate", NAMED, 200);
          hub.awaitEvent(type("RecordingStopped"), PATIENCE);
          assertThat(hub.events())
              .extracting(HubEvent::id)
              .containsAll(operational(first))
              .containsAll(operational(second))
              .containsAll(operational(third));
        }
      }
    }
  }

  private static void awaitRecording(LvaProcess lva) {
    lva.awaitOutput("'camera' is Active", PATIENCE);
    lva.awaitOutput("RecordingStarted", PATIENCE);
  }

  /** Returns the ids of the operational events that a log shows. */
  private static List<String> operational(LvaProcess lva) {
    List<String> ids =
        Pattern.compile("Events: (\\{.*\\.Operational\\..*})")
            .matcher(lva.output())
            .results()
            .map(line -> id(line.group(1)))
            .toList();
    assertThat(ids).isNotEmpty();
    return ids;
  }

  private static String id(String event) {
    try {
      return JSON.readTree(event).path("id").asText();
    } catch (IOException e) {
      throw new AssertionError(event, e);
    }
  }

  @Test
  void edge_logPropertiesChanged_countWithoutARestart() throws Exception {
    Path debug = folder.resolve("debug");
    try (LvaProcess lva = module()) {
      call("GraphTopologyList", VERSION, 200);
      desire("\"logLevel\": \"Warning\"", 64);
      call("GraphTopologyGet", NAMED, 404);
      desire("\"logLevel\": \"Information\", \"logCategories\": \"Events,MediaPipeline\"", null);
      call("GraphTopologyDelete", NAMED, 204);
      desire("\"debugLogsDirectory\": \"" + debug + "\"", 64);
      call("GraphInstanceGet", NAMED, 404);
      desire("\"debugLogsDirectory\": null, \"logCategories\": \"Application\"", null);
      call("GraphInstanceList", VERSION, 200);
      assertThat(methods(lva.output())).containsExactly("GraphTopologyList", "GraphInstanceList");
      assertThat(methods(Files.readString(Recorded.files(debug, ".log").get(0))))
          .containsExactly("GraphInstanceGet");
    }
  }

  /**
   * Changes desired properties, and waits until they count: {@code mediaMemoryMiB} changes with
   * them, and the module reports whether that waits for a restart.
   */
  private void desire(String properties, @Nullable Integer mebibytes) throws InterruptedException {
    hub.patchDesired(LVA, "{%s, \"mediaMemoryMiB\": %d}".formatted(properties, mebibytes));
    String waiting = mebibytes == null ? "[]" : "[\"mediaMemoryMiB\"]";
    assertThat(
            hub.await(() -> hub.reported(LVA).contains("\"restartRequired\":" + waiting), PATIENCE))
        .isTrue();
  }

  /** Returns the methods that a log has seen end. */
  private static List<String> methods(String log) {
    return Pattern.compile("Request completed: Method name=(\\w+)")
        .matcher(log)
        .results()
        .map(line -> line.group(1))
        .toList();
  }

  @Test
  void edge_commandOfThePage_connects() throws Exception {
    Map<String, String> environment = hub.developmentEnvironment(LVA);
    String connection = requireNonNull(environment.get("EdgeHubConnectionString"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                "exec env "
                    + String.join(" ", PageCommand.DEVELOP.words()).replace("…", connection))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("printed.txt").toFile());
    builder
        .environment()
        .put(
            "EdgeModuleCACertificateFile",
            requireNonNull(environment.get("EdgeModuleCACertificateFile")));
    Process module = builder.start();
    try {
      assertThat(hub.awaitModule(LVA, PATIENCE))
          .as(Files.readString(folder.resolve("printed.txt")))
          .isTrue();
      assertThat(folder.resolve("state")).isNotEmptyDirectory();
    } finally {
      module.destroyForcibly();
    }
  }

  @Test
  void edge_workloadApiAtASocket_connects() throws Exception {
    Path socket = folder.resolve("w.sock");
    try (WorkloadApi workload = WorkloadApi.atSocket(hub, LVA, socket);
        LvaProcess lva = TutorialModule.start(folder, workload.environment())) {
      assertThat(hub.awaitModule(LVA, PATIENCE)).as(lva.output()).isTrue();
    }
  }

  @Test
  void edge_workloadApiOverHttp_connects() throws Exception {
    try (WorkloadApi workload = WorkloadApi.overHttp(hub, LVA);
        LvaProcess lva = TutorialModule.start(folder, workload.environment())) {
      assertThat(hub.awaitModule(LVA, PATIENCE)).as(lva.output()).isTrue();
    }
  }

  @Test
  void edge_noEnvironment_oneLine() {
    assertRefused(Map.of(), "this is no IoT Edge module");
  }

  @Test
  void edge_connectionStringCutOff_oneLineWithoutTheKey() {
    Map<String, String> cut = new HashMap<>(hub.developmentEnvironment(LVA));
    cut.replaceAll((name, value) -> value.substring(0, Math.min(60, value.length())));
    assertRefused(cut, "it lacks ModuleId, SharedAccessKey");
  }

  private void assertRefused(Map<String, String> environment, String message) {
    try (LvaProcess lva = TutorialModule.start(folder, environment)) {
      Judges.Verdict verdict = lva.await(PATIENCE);
      assertThat(verdict.exitCode()).isEqualTo(2);
      assertThat(verdict.errors()).contains(message).hasLineCount(1);
    }
  }
}
