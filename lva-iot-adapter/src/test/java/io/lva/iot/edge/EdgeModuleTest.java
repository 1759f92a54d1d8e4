package io.lva.iot.edge;

import static io.lva.iot.edge.EdgeRig.LVA;
import static io.lva.iot.edge.EdgeRig.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.GraphEvent;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.MethodResult;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.MediaEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module with Microsoft's client, against the emulated hub. */
class EdgeModuleTest {
  /** Characters of the longest line or answer that is easy to read. */
  private static final int SHORT = 1000;

  @TempDir private Path folder;
  private EdgeRig rig;
  private EdgeHubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    rig = new EdgeRig(folder, EdgeRig.Client.STANDARD);
    hub = rig.hub();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private MethodResult invoke(String name, String payload) throws InterruptedException {
    return rig.invoke(name, payload);
  }

  @Test
  void invoke_configured_answerAsATree() throws Exception {
    rig.awaitReported("Running");
    MethodResult result = invoke("GraphTopologyList", VERSION);
    assertThat(result.status()).isEqualTo(200);
    assertThat(result.payload()).isEqualTo("{\"value\":[]}");
    assertThat(hub.reported(LVA))
        .contains("\"ProductInfo\":\"live-video-analytics:2.0")
        .contains("\"supportedApiVersions\":[\"1.0\",\"2.0\"]");
  }

  @Test
  void invoke_malformedPayloads_eachAnswered() throws Exception {
    rig.awaitReported("Running");
    assertThat(invoke("GraphTopologyList", "{\"@apiVersion\":").status()).isEqualTo(400);
    assertThat(invoke("GraphTopologyList", "").status()).isEqualTo(400);
    assertThat(invoke("GraphTopologyList", "null").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"livePipelineList", "pipelineTopologySet", "remoteDeviceAdapterSet"})
  void invoke_methodOfALaterProduct_501ThatNamesIt(String method) throws Exception {
    rig.awaitReported("Running");
    MethodResult result = invoke(method, VERSION);
    assertThat(result.status()).isEqualTo(501);
    assertThat(result.payload()).contains(method).hasSizeLessThan(SHORT);
  }

  @Test
  void invoke_payloadOf128KiB_oneShortAnswer() throws Exception {
    rig.awaitReported("Running");
    String begin = "{\"@apiVersion\":\"2.0\",\"name\":\"";
    MethodResult result =
        invoke("GraphTopologyGet", begin + "x".repeat(128 * 1024 - begin.length() - 2) + "\"}");
    assertThat(result.status()).isEqualTo(404);
    assertThat(result.payload())
        .contains("Graph topology 'xxx", "xxx' is not found.")
        .hasSizeLessThan(SHORT + 100);
  }

  @Test
  void desired_32KiBOfNonsense_oneShortLineAndOneShortAnswer() throws Exception {
    rig.awaitReported("Running");
    StringBuilder nonsense = new StringBuilder("{\"logLevel\": \"" + "x".repeat(4096) + "\"");
    for (int i = 0; nonsense.length() < 32 * 1024; i++) {
      nonsense.append(", \"n").append(i).append("\": [{\"\": null}]");
    }
    List<String> lines =
        linesWhile(
            () -> {
              hub.patchDesired(LVA, nonsense.append('}').toString());
              rig.awaitReported("ConfigurationRequired");
              MethodResult result = invoke("GraphTopologyList", VERSION);
              assertThat(result.status()).isEqualTo(403);
              assertThat(result.payload()).contains("'logLevel'").hasSizeLessThan(SHORT);
              hub.patchDesired(LVA, "{\"logLevel\": null}");
              rig.awaitReported("\"Running\"");
            });
    assertThat(lines).filteredOn(line -> line.contains("'logLevel'")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains("unknown: [n0, ")).hasSize(1);
    assertThat(lines).allMatch(line -> line.length() < SHORT);
    rig.assertAnswers();
  }

  @Test
  void desired_wrong_everyMethod403UntilItIsMended() throws Exception {
    rig.awaitReported("Running");
    hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
    rig.awaitReported("ConfigurationRequired");
    for (String method : new String[] {"GraphTopologyList", "GraphInstanceSet", "Unknown"}) {
      MethodResult result = invoke(method, VERSION);
      assertThat(result.status()).isEqualTo(403);
      assertThat(result.payload()).contains("ModuleConfigurationRequired", "'logLevel'", "Loud");
    }
    hub.patchDesired(LVA, "{\"logLevel\": \"Warning\"}");
    rig.awaitReported("Running");
    rig.assertAnswers();
  }

  @Test
  void desired_patchWasLost_twinReadAgain() throws Exception {
    rig.awaitReported("Running");
    hub.patchDesiredSilently(LVA, "{\"logLevel\": \"Loud\"}");
    hub.patchDesired(LVA, "{\"telemetryOptOut\": true}");
    rig.awaitReported("ConfigurationRequired");
  }

  @Test
  void desired_dataDirectoryChanged_reportedAsWaitingForARestart() throws Exception {
    rig.awaitReported("Running");
    hub.patchDesired(LVA, EdgeRig.settings(folder.resolve("other")));
    rig.awaitReported("\"restartRequired\":[\"applicationDataDirectory\"");
  }

  @Test
  void desired_unsecuredEndpointsForbidden_activationRefusedAtOnceAndActiveOnesGoOn()
      throws Exception {
    rig.activate();
    desire("\"allowUnsecuredEndpoints\": false", "other");
    rig.invoke("GraphInstanceSet", EventNodes.INSTANCE.replace("camera", "second"));
    String second = EventNodes.NAMED.replace("camera", "second");
    MethodResult refused = rig.invoke("GraphInstanceActivate", second);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.payload()).contains("ModuleValidationError", "allowUnsecuredEndpoints");
    rig.publishNext(1);
    rig.assertAllArrive();
    desire("\"allowUnsecuredEndpoints\": true", "data");
    assertThat(rig.invoke("GraphInstanceActivate", second).status()).isEqualTo(200);
  }

  @Test
  void desired_outputRenamedAndRemoved_nextEventsFollow() throws Exception {
    rig.activate();
    desire("\"diagnosticsEventsOutputName\": \"Other\"", "other");
    rig.publish(new GraphEvent.MediaSessionEstablished("v=0 renamed"));
    assertThat(awaitBody("v=0 renamed").output()).isEqualTo("Other");
    desire("\"diagnosticsEventsOutputName\": null", "data");
    rig.publish(new GraphEvent.MediaSessionEstablished("v=0 unwanted"));
    rig.publishNext(1);
    rig.assertAllArrive();
    assertThat(hub.events()).noneMatch(event -> event.body().contains("unwanted"));
  }

  @Test
  void desired_diagnosticsLevelChanged_nextEventsFollow() throws Exception {
    rig.activate();
    desire("\"diagnosticsLevel\": \"Error\"", "other");
    rig.publish(new GraphEvent.MediaSessionEstablished("v=0 silent"));
    rig.publish(new GraphEvent.ProtocolError("rtsp", "454", "rtsp://h/", "h", "loud"));
    assertThat(awaitBody("loud").eventType()).endsWith(".ProtocolError");
    desire("\"diagnosticsLevel\": \"None\"", "data");
    rig.publish(new GraphEvent.ProtocolError("rtsp", "454", "rtsp://h/", "h", "silent"));
    rig.publishNext(1);
    rig.assertAllArrive();
    desire("\"diagnosticsLevel\": null", "other");
    rig.publish(new GraphEvent.MediaSessionEstablished("v=0 again"));
    awaitBody("v=0 again");
    assertThat(hub.events()).noneMatch(event -> event.body().contains("silent"));
  }

  @Test
  void event_ofAnAnalysis_leavesAtTheOutputOfItsSink() throws Exception {
    rig.activate();
    var analysis =
        new MediaEvent.Analysis(
            0, List.of(Inference.of(new InferenceValue.Motion(Optional.empty()))));
    rig.publish(new GraphEvent.InferenceMessage("inferences", analysis));
    HubEvent event =
        hub.awaitEvent(each -> each.eventType().contains("Analytics"), EdgeRig.PATIENCE);
    assertThat(event.output()).isEqualTo("inferences");
    assertThat(event.system()).containsEntry("ct", "application/json").containsKey("mid");
  }

  @Test
  void input_messageOfAnotherModule_reachesWhoReadsItAtTheTimeItNames() throws Exception {
    rig.activate();
    CompletableFuture<MediaEvent.Message> received = new CompletableFuture<>();
    rig.listen("detections", received::complete);
    String body = "{\"door\": \"open\"}";
    Map<String, String> properties = Map.of("eventTime", "1970-01-01T00:00:02Z", "who", "me & you");
    assertThat(hub.send(LVA, "unread", properties, body)).isTrue();
    assertThat(hub.send(LVA, "detections", properties, body)).isTrue();
    MediaEvent.Message message = received.get(EdgeRig.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(message.body()).isEqualTo(body);
    assertThat(message.utcNanos()).isEqualTo(2_000_000_000L);
    assertThat(message.properties()).containsEntry("who", "me & you");
  }

  @Test
  void desired_propertiesOfMediaServices_namedInOneLine() throws Exception {
    List<String> lines =
        linesWhile(
            () -> {
              rig.awaitReported("Running");
              hub.patchDesired(LVA, "{\"armEndpoint\": \"https://management.azure.com/\"}");
              hub.patchDesired(LVA, "{\"logLevel\": \"Warning\"}");
              hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
              rig.awaitReported("ConfigurationRequired");
            });
    assertThat(lines).filteredOn(line -> line.contains("armEndpoint")).hasSize(1);
  }

  /** What a test does. */
  @FunctionalInterface
  private interface Steps {
    void take() throws Exception;
  }

  /** Returns what the module logs meanwhile. */
  private static List<String> linesWhile(Steps steps) throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(EdgeModule.class.getName());
    Handler handler = new Lines(lines);
    logger.addHandler(handler);
    try {
      steps.take();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }

  /** Collects what is logged. */
  private static final class Lines extends Handler {
    private final List<String> lines;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /**
   * Changes a desired property, and waits until it counts: the data directory changes with it, and
   * the module reports whether that waits for a restart.
   */
  private void desire(String property, String directory) throws InterruptedException {
    hub.patchDesired(
        LVA,
        "{%s, \"applicationDataDirectory\": \"%s\"}"
            .formatted(property, folder.resolve(directory)));
    boolean restart = !directory.equals("data");
    rig.awaitReported("\"restartRequired\":[" + (restart ? "\"" : "]"));
  }

  private HubEvent awaitBody(String text) throws InterruptedException {
    return hub.awaitEvent(event -> event.body().contains(text), EdgeRig.PATIENCE);
  }
}
