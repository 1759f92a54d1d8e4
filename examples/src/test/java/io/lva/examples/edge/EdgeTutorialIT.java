package io.lva.examples.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.examples.judge.Browser;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.Verified;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import io.lva.iot.testkit.ServiceApi;
import io.lva.iot.testkit.WorkloadApi;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Azurite;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial of continuous video recording: the module as a process of its own with Microsoft's
 * client, an emulated hub, calls by the hub's REST interface, and a camera.
 */
class EdgeTutorialIT {
  private static final HubIdentity LVA = HubIdentity.of("lva-sample-device", "lvaEdge");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ASSET = "sampleAsset-CVRToAMSAsset-Sample-Graph-1";

  @TempDir private Path folder;
  private EdgeHubEmulator hub;
  private ServiceApi service;
  private ServiceCaller caller;

  @BeforeEach
  void start() throws Exception {
    hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
    service = ServiceApi.start(hub, 0);
    caller = new ServiceCaller(hub, service, LVA);
    hub.patchDesired(
        LVA,
        """
        {"applicationDataDirectory": "%s", "assetStore": "%s",
         "azureMediaServicesArmId": "/subscriptions/s", "aadTenantId": "t",
         "aadServicePrincipalSecret": "geheim", "telemetryOptOut": false,
         "diagnosticsEventsOutputName": "AmsDiagnostics",
         "operationalEventsOutputName": "AmsOperational",
         "logLevel": "Information", "logCategories": "Application,Events",
         "allowUnsecuredEndpoints": true}\
        """
            .formatted(folder.resolve("data"), folder.resolve("store")));
  }

  @AfterEach
  void stop() {
    service.close();
    hub.close();
  }

  private LvaProcess module(Map<String, String> environment) {
    return LvaProcess.start(
        folder,
        environment,
        "edge",
        "--state",
        folder.resolve("state").toString(),
        "--metrics-port",
        "0");
  }

  private LvaProcess module() {
    return module(hub.developmentEnvironment(LVA));
  }

  private static Predicate<HubEvent> type(String name) {
    return event -> event.eventType().endsWith("." + name);
  }

  @Test
  void tutorial_wholeOperationsFile_statusesEventsAndRecordingOfTheTutorial() throws Exception {
    try (CameraSimulator camera =
            CameraSimulator.builder().credentials("testuser", "testpassword").start();
        LvaProcess lva = module()) {
      List<String> calls =
          caller.play(
              SharedData.path("contract/operations-cvr.json"),
              camera.uri("/pattern").toString(),
              () -> {
                hub.awaitEvent(type("RecordingAvailable"), PATIENCE);
                assertMetrics(lva);
              });
      assertThat(calls)
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
      hub.awaitEvent(type("RecordingStopped"), PATIENCE);
      assertEvents();
      lva.interrupt();
      Judges.Verdict verdict = lva.await(PATIENCE);
      assertThat(verdict.exitCode()).as("%s", verdict).isZero();
      assertThat(verdict.output())
          .containsPattern("<6> .* Application: Request started: Method name=GraphTopologySet")
          .containsPattern("<6> .* Events: \\{.*RecordingStarted")
          .doesNotContain("geheim", "testpassword", LVA.key());
    }
    Verified asset = Verified.of(folder, folder.resolve("store"), ASSET);
    assertThat(asset.problems()).isEmpty();
    assertThat(asset.runs()).hasSize(1);
  }

  @Test
  void tutorial_recordToTheCloud_containerPlaysInChromium() throws Exception {
    Map<String, String> environment = new HashMap<>(hub.developmentEnvironment(LVA));
    environment.put("AZURE_STORAGE_CREATE_CONTAINER", "true");
    hub.patchDesired(LVA, "{\"assetStore\": \"azblob:videos\"}");
    try (Azurite azurite = Azurite.start();
        CameraSimulator camera =
            CameraSimulator.builder().credentials("testuser", "testpassword").start()) {
      environment.put("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
      try (LvaProcess lva = module(environment)) {
        caller.play(
            SharedData.path("contract/operations-cvr.json"),
            camera.uri("/pattern").toString(),
            () -> hub.awaitEvent(type("RecordingAvailable"), PATIENCE));
        hub.awaitEvent(type("RecordingStopped"), PATIENCE);
        lva.interrupt();
        assertThat(lva.await(PATIENCE).exitCode()).isZero();
      }
      assertThat(Recorded.files(folder, ".mp4")).as("left on the device").isEmpty();
      try (LvaProcess server =
              LvaProcess.start(
                  folder, environment, "serve", "--store", "azblob:videos", "--port", "0");
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

  private void assertEvents() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<HubEvent> events = hub.events();
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
      JsonNode body = json.readTree(event.body());
      if (operational) {
        assertThat(body.path("outputType").asText()).isEqualTo("assetName");
        assertThat(body.path("outputLocation").asText()).isEqualTo(ASSET);
      } else {
        assertThat(body.path("sdp").asText()).startsWith("SDP:\nv=0");
      }
    }
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

  @Test
  void edge_killedWhileTheHubIsAway_activeAgainAndEveryEventArrives() throws Exception {
    try (CameraSimulator camera =
        CameraSimulator.builder().credentials("testuser", "testpassword").start()) {
      try (LvaProcess lva = module()) {
        caller.play(
            SharedData.path("contract/operations-cvr.json"),
            camera.uri("/pattern").toString(),
            () -> {
              hub.awaitEvent(type("RecordingAvailable"), PATIENCE);
              hub.stop(/* forget= */ true);
              lva.kill();
              throw new Killed();
            });
      } catch (Killed e) {
        // The rest of the file is not played.
      }
      int before = hub.events().size();
      try (LvaProcess lva = module()) {
        lva.awaitOutput("'Sample-Graph-1' is Active", PATIENCE);
        lva.awaitOutput("RecordingStarted", PATIENCE);
        assertThat(hub.events()).hasSize(before);
        hub.resume();
        assertThat(hub.awaitModule(LVA, PATIENCE)).isTrue();
        assertThat(
                caller
                    .call("GraphInstanceDeactivate", ServiceCaller.named("Sample-Graph-1"))
                    .path("status")
                    .asInt())
            .isEqualTo(200);
        hub.awaitEvent(type("RecordingStopped"), PATIENCE);
        assertThat(hub.events().subList(before, hub.events().size()))
            .extracting(HubEvent::eventType)
            .contains("Microsoft.Media.Graph.Operational.RecordingStarted");
      }
    }
  }

  /** Ends the play of a file. */
  private static final class Killed extends Exception {
    private static final long serialVersionUID = 1;
  }

  @Test
  void edge_workloadApiAtASocket_connects() throws Exception {
    Path socket = folder.resolve("w.sock");
    try (WorkloadApi workload = WorkloadApi.atSocket(hub, LVA, socket);
        LvaProcess lva = module(workload.environment())) {
      assertThat(hub.awaitModule(LVA, PATIENCE)).as(lva.output()).isTrue();
    }
  }

  @Test
  void edge_workloadApiOverHttp_connects() throws Exception {
    try (WorkloadApi workload = WorkloadApi.overHttp(hub, LVA);
        LvaProcess lva = module(workload.environment())) {
      assertThat(hub.awaitModule(LVA, PATIENCE)).as(lva.output()).isTrue();
    }
  }

  @Test
  void edge_noEnvironment_oneLine() {
    try (LvaProcess lva = module(Map.of())) {
      assertRefused(lva, "this is no IoT Edge module");
    }
  }

  @Test
  void edge_connectionStringCutOff_oneLineWithoutTheKey() {
    Map<String, String> cut = new HashMap<>(hub.developmentEnvironment(LVA));
    cut.replaceAll((name, value) -> value.substring(0, Math.min(60, value.length())));
    try (LvaProcess lva = module(cut)) {
      assertRefused(lva, "it lacks ModuleId, SharedAccessKey");
    }
  }

  private static void assertRefused(LvaProcess lva, String message) {
    Judges.Verdict verdict = lva.await(PATIENCE);
    assertThat(verdict.exitCode()).isEqualTo(2);
    assertThat(verdict.errors()).contains(message).hasLineCount(1);
  }
}
