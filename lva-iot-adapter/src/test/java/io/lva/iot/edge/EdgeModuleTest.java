package io.lva.iot.edge;

import static io.lva.iot.edge.EdgeRig.LVA;
import static io.lva.iot.edge.EdgeRig.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.MethodResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module with Microsoft's client, against the emulated hub. */
class EdgeModuleTest {
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
    assertThat(hub.reported(LVA)).contains("\"ProductInfo\":\"live-video-analytics:2.0");
  }

  @Test
  void invoke_malformedPayloads_eachAnswered() throws Exception {
    rig.awaitReported("Running");
    assertThat(invoke("GraphTopologyList", "{\"@apiVersion\":").status()).isEqualTo(400);
    assertThat(invoke("GraphTopologyList", "").status()).isEqualTo(400);
    assertThat(invoke("GraphTopologyList", "null").status()).isEqualTo(400);
    assertThat(invoke("livePipelineList", VERSION).status()).isEqualTo(501);
    assertThat(invoke("pipelineTopologySet", VERSION).status()).isEqualTo(501);
    String large = "{\"@apiVersion\":\"2.0\",\"name\":\"n\",\"x\":\"" + "x".repeat(130_000) + "\"}";
    assertThat(invoke("GraphTopologyGet", large).status()).isEqualTo(404);
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
}
