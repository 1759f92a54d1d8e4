package io.lva.examples.edge;

import static io.lva.examples.edge.TutorialModule.LVA;
import static io.lva.examples.edge.TutorialModule.PATIENCE;
import static io.lva.examples.edge.TutorialModule.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.examples.judge.Browser;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.Verified;
import io.lva.iot.testkit.EdgeHub;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.MosquittoHub;
import io.lva.iot.testkit.ServiceApi;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Azurite;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tutorial of continuous video recording, whole: a program with a service SDK of Microsoft
 * calls the module, a process of its own with Microsoft's client, which records a camera to Azure
 * Blob Storage; a browser plays the recording.
 */
class EdgeTutorialIT {
  private static final String ASSET = "sampleAsset-CVRToAMSAsset-Sample-Graph-1";
  private static final String STORE = "azblob:videos";
  private static final String PAUSE = "Press Enter to continue and deactivate the graph instance.";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What carries the topics of IoT Hub. */
  private enum Broker {
    EMULATOR {
      @Override
      EdgeHub start(Path folder) throws IOException {
        return EdgeHubEmulator.start(folder, LVA);
      }
    },
    MOSQUITTO {
      @Override
      EdgeHub start(Path folder) throws IOException, InterruptedException {
        Judges.require("mosquitto");
        return MosquittoHub.start(folder, LVA);
      }
    };

    abstract EdgeHub start(Path folder) throws IOException, InterruptedException;
  }

  /** What plays the operations of the tutorial. */
  private enum Caller {
    /** The program of this project: calls in cyan, good answers in green, the pause in yellow. */
    JAVA(
        "\u001b\\[36mCalling (\\w+)[^\n]*\n\u001b\\[32mStatus: (\\d+)|\u001b\\[33m[^\n]*("
            + PAUSE
            + ")") {
      @Override
      Process start(ConsolePrograms programs) throws Exception {
        return programs.java(PageCommand.CALL);
      }

      @Override
      List<String> steps(String printed) {
        assertThat(printed)
            .contains("\"value\" : \"****\"")
            .doesNotContain("testpassword", "\u001b[31m");
        return super.steps(printed);
      }
    },
    /** A program with npm azure-iothub. */
    NODE("(?m)^(Graph\\w+) (\\d+) |(" + PAUSE + ")") {
      @Override
      Process start(ConsolePrograms programs) throws IOException {
        Judges.requireNodePackages("azure-iothub");
        return programs.node();
      }
    };

    private final Pattern step;

    Caller(String step) {
      this.step = Pattern.compile(step);
    }

    abstract Process start(ConsolePrograms programs) throws Exception;

    /** Returns each method with its status, and the pause. */
    List<String> steps(String printed) {
      return step.matcher(printed).results().map(Caller::step).toList();
    }

    private static String step(MatchResult found) {
      String pause = found.group(3);
      return pause == null ? found.group(1) + " " + found.group(2) : pause;
    }
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EMULATOR, JAVA", "MOSQUITTO, NODE"})
  void tutorial_whole_statusesEventsAndRecordingOfTheTutorial(Broker broker, Caller caller)
      throws Exception {
    try (EdgeHub hub = broker.start(folder.resolve("hub"));
        ServiceApi service = serviceApi(hub);
        Azurite azurite = Azurite.start();
        CameraSimulator camera =
            CameraSimulator.builder().credentials("testuser", "testpassword").start()) {
      hub.patchDesired(LVA, TutorialModule.desired(folder, STORE));
      Map<String, String> environment = new HashMap<>(hub.developmentEnvironment(LVA));
      environment.put("AZURE_STORAGE_CREATE_CONTAINER", "true");
      environment.put("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
      writeSettings(service);
      writeOperations(camera.uri("/pattern").toString());
      try (LvaProcess lva = TutorialModule.start(folder, environment)) {
        assertThat(hub.awaitModule(LVA, PATIENCE)).as(lva.output()).isTrue();
        assertThat(played(caller, hub, lva))
            .containsExactly(
                "GraphTopologyList 200",
                "GraphInstanceList 200",
                "GraphTopologySet 201",
                "GraphInstanceSet 201",
                "GraphInstanceActivate 200",
                "GraphInstanceList 200",
                PAUSE,
                "GraphInstanceDeactivate 200",
                "GraphInstanceDelete 200",
                "GraphInstanceList 200",
                "GraphTopologyDelete 200",
                "GraphTopologyList 200");
        hub.awaitEvent(type("RecordingStopped"), PATIENCE);
        assertEvents(hub.events());
        assertEnds(lva);
      }
      assertThat(Recorded.files(folder, ".mp4")).as("left on the device").isEmpty();
      Verified asset = Verified.of(folder, environment, STORE, ASSET);
      assertThat(asset.problems()).isEmpty();
      assertThat(asset.runs()).hasSize(1);
      assertPlays(environment);
    }
  }

  private static ServiceApi serviceApi(EdgeHub hub) throws IOException {
    try {
      return ServiceApi.start(hub);
    } catch (BindException e) {
      Judges.require(
          false, "port 443 may not be used here: sysctl net.ipv4.ip_unprivileged_port_start=443");
      throw e;
    }
  }

  private void writeSettings(ServiceApi service) throws IOException {
    ObjectNode settings =
        JSON.createObjectNode()
            .put("IoThubConnectionString", service.connectionString())
            .put("deviceId", LVA.device())
            .put("moduleId", LVA.module());
    Files.writeString(folder.resolve("appsettings.json"), settings.toString());
  }

  /** Writes the tutorial's operations, with this camera and with the topology beside them. */
  private void writeOperations(String cameraUrl) throws IOException {
    Files.write(
        folder.resolve("topology.json"),
        SharedData.bytes("topologies/cvr-asset/1.0/topology.json"));
    JsonNode file = JSON.readTree(SharedData.bytes("contract/operations-cvr.json"));
    for (JsonNode operation : file.path("operations")) {
      if (operation.path("opParams") instanceof ObjectNode parameters
          && parameters.remove("topologyUrl") != null) {
        parameters.put("topologyFile", "topology.json");
      }
    }
    String text = file.toString().replace("rtsp://rtspsim:554/media/camera-300s.mkv", cameraUrl);
    Files.writeString(folder.resolve("operations.json"), text);
  }

  /** Plays the operations, with Enter once there is a recording; returns the steps. */
  private List<String> played(Caller caller, EdgeHub hub, LvaProcess lva) throws Exception {
    ConsolePrograms programs = new ConsolePrograms(hub, folder);
    Process process = caller.start(programs);
    try (OutputStream keyboard = process.getOutputStream()) {
      hub.awaitEvent(type("RecordingAvailable"), PATIENCE);
      assertThat(programs.printed()).contains(PAUSE);
      assertMetrics(lva);
      keyboard.write('\n');
      keyboard.flush();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(programs.printed()).isZero();
    return caller.steps(programs.printed());
  }

  private static void assertMetrics(LvaProcess lva) throws IOException, InterruptedException {
    Matcher port = Pattern.compile("metrics at port (\\d+)").matcher(lva.output());
    assertThat(port.find()).as(lva.output()).isTrue();
    String base = "http://localhost:" + port.group(1);
    assertThat(get(base + "/health")).isEqualTo("ok\n");
    String module =
        "edge_device=\"lva-sample-device\".*iothub=\"myhub.azure-devices.net\".*"
            + "module_name=\"lvaEdge\"";
    assertThat(get(base + "/metrics"))
        .containsPattern("lva_active_graph_instances\\{" + module + ".*} 1")
        .containsPattern("lva_received_bytes_total\\{" + module + ".*} [1-9]")
        .contains("lva_data_dropped_total");
  }

  private static String get(String uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static void assertEvents(List<HubEvent> events) throws IOException {
    assertThat(new LinkedHashSet<>(events.stream().map(HubEvent::eventType).toList()))
        .containsExactly(
            "Microsoft.Media.Graph.Diagnostics.MediaSessionEstablished",
            "Microsoft.Media.Graph.Operational.RecordingStarted",
            "Microsoft.Media.Graph.Operational.RecordingAvailable",
            "Microsoft.Media.Graph.Operational.RecordingStopped");
    assertThat(events).extracting(HubEvent::id).doesNotHaveDuplicates().doesNotContain("");
    for (HubEvent event : events) {
      assertThat(event.properties().keySet())
          .containsExactlyInAnyOrder("topic", "subject", "eventType", "eventTime", "dataVersion");
      assertThat(event.properties().get("subject")).startsWith("/graphInstances/Sample-Graph-1/");
      assertThat(event.system())
          .containsEntry("ct", "application/json")
          .containsEntry("ce", "utf-8")
          .containsEntry("cdid", LVA.device())
          .containsEntry("cmid", LVA.module());
      boolean operational = event.eventType().contains("Operational");
      assertThat(event.output()).isEqualTo(operational ? "AmsOperational" : "AmsDiagnostics");
      JsonNode body = JSON.readTree(event.body());
      if (operational) {
        assertThat(body.path("outputType").asText()).isEqualTo("assetName");
        assertThat(body.path("outputLocation").asText()).isEqualTo(ASSET);
      } else {
        assertThat(body.path("sdp").asText()).startsWith("SDP:\nv=0");
      }
    }
  }

  /** The module ends when it is asked to, and its log has told no secret. */
  private static void assertEnds(LvaProcess lva) {
    lva.interrupt();
    Judges.Verdict verdict = lva.await(PATIENCE);
    assertThat(verdict.exitCode()).as("%s", verdict).isZero();
    assertThat(verdict.output())
        .containsPattern("<6> .* Application: Request started: Method name=GraphTopologySet")
        .containsPattern("<6> .* Events: \\{.*RecordingStarted")
        .doesNotContain("geheim", "testpassword", LVA.key());
  }

  private void assertPlays(Map<String, String> environment) {
    try (LvaProcess server =
            LvaProcess.start(folder, environment, "serve", "--store", STORE, "--port", "0");
        Browser browser = Browser.start()) {
      server.awaitOutput("http", PATIENCE);
      browser.open(server.output().strip() + "#" + ASSET);
      browser.await("document.querySelector('video').readyState > 2", PATIENCE);
      browser.evaluate("document.querySelector('video').play()");
      browser.await(
          "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > 10",
          PATIENCE);
    }
  }
}
