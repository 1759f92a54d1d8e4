package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.auth.IotHubSSLContext;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubIdentity;
import io.lva.iot.testkit.MethodResult;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module in this process with Microsoft's client, against the emulated hub. */
class EdgeModuleTest {
  private static final HubIdentity LVA = HubIdentity.of("edge1", "lvaEdge");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String VERSION = "{\"@apiVersion\":\"2.0\"}";

  @TempDir private Path folder;
  private EdgeHubEmulator hub;
  private EdgeModule module;

  @BeforeEach
  void start() throws IOException {
    hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
    hub.patchDesired(LVA, settings(folder.resolve("data").toString()));
    module = start(hub, folder);
  }

  @AfterEach
  void stop() {
    module.close();
    hub.close();
  }

  private static String settings(String directory) {
    return "{\"applicationDataDirectory\": \"" + directory + "\", \"aadTenantId\": \"t\"}";
  }

  static EdgeModule start(EdgeHubEmulator hub, Path folder) {
    EdgeOptions options =
        EdgeOptions.standard(folder.resolve("state")).longestPause(Duration.ofSeconds(2));
    return EdgeModule.start(options, listener -> client(hub, listener));
  }

  private static HubClient client(EdgeHubEmulator hub, HubClient.Listener listener)
      throws IOException {
    Map<String, String> environment = hub.developmentEnvironment(LVA);
    try {
      return new SdkHubClient(
          new ModuleClient(
              environment.get("EdgeHubConnectionString"),
              IotHubClientProtocol.MQTT,
              SdkHubClient.options().toBuilder()
                  .sslContext(IotHubSSLContext.getSSLContextFromFile(hub.authority().toString()))
                  .build()),
          listener);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private MethodResult invoke(String name, String payload) throws InterruptedException {
    return hub.invoke(LVA, name, payload, PATIENCE);
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Waits until the module has come back so often in vain. */
  private void awaitRefusals(int count) throws Exception {
    int end = hub.refusals() + count;
    until(() -> hub.refusals() >= end);
  }

  private void assertAnswers() throws Exception {
    until(() -> invoke("GraphTopologyList", VERSION).status() == 200);
  }

  @Test
  void invoke_configured_answerAsATree() throws Exception {
    until(() -> hub.reported(LVA).contains("Running"));
    MethodResult result = invoke("GraphTopologyList", VERSION);
    assertThat(result.status()).isEqualTo(200);
    assertThat(result.payload()).isEqualTo("{\"value\":[]}");
    assertThat(hub.reported(LVA)).contains("\"ProductInfo\":\"live-video-analytics:2.0");
  }

  @Test
  void invoke_malformedPayloads_eachAnswered() throws Exception {
    until(() -> hub.reported(LVA).contains("Running"));
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
    until(() -> hub.reported(LVA).contains("Running"));
    hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
    until(() -> hub.reported(LVA).contains("ConfigurationRequired"));
    for (String method : new String[] {"GraphTopologyList", "GraphInstanceSet", "Unknown"}) {
      MethodResult result = invoke(method, VERSION);
      assertThat(result.status()).isEqualTo(403);
      assertThat(result.payload()).contains("ModuleConfigurationRequired", "'logLevel'", "Loud");
    }
    hub.patchDesired(LVA, "{\"logLevel\": \"Warning\"}");
    until(() -> hub.reported(LVA).contains("Running"));
    assertAnswers();
  }

  @Test
  void desired_patchWasLost_twinReadAgain() throws Exception {
    until(() -> hub.reported(LVA).contains("Running"));
    hub.patchDesiredSilently(LVA, "{\"logLevel\": \"Loud\"}");
    hub.patchDesired(LVA, "{\"telemetryOptOut\": true}");
    until(() -> hub.reported(LVA).contains("ConfigurationRequired"));
  }

  @Test
  void desired_dataDirectoryChanged_reportedAsWaitingForARestart() throws Exception {
    until(() -> hub.reported(LVA).contains("Running"));
    hub.patchDesired(LVA, settings(folder.resolve("other").toString()));
    until(() -> hub.reported(LVA).contains("\"restartRequired\":[\"applicationDataDirectory\""));
  }

  @Test
  void connection_sessionForgotten_methodsAndPatchesWorkAgain() throws Exception {
    assertAnswers();
    hub.stop(/* forget= */ true);
    hub.resume();
    assertAnswers();
    hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
    until(() -> hub.reported(LVA).contains("ConfigurationRequired"));
  }

  @Test
  void connection_acceptedThenClosed_comesBack() throws Exception {
    assertAnswers();
    hub.faults().acceptThenClose(true);
    hub.kick();
    awaitRefusals(2);
    assertThat(hub.isConnected(LVA)).isFalse();
    hub.faults().acceptThenClose(false);
    assertAnswers();
  }

  @Test
  void connection_wrongCertificate_comesBackWhenItIsMended() throws Exception {
    assertAnswers();
    hub.faults().wrongCertificate(true);
    hub.kick();
    awaitRefusals(2);
    assertThat(hub.isConnected(LVA)).isFalse();
    hub.faults().wrongCertificate(false);
    assertAnswers();
  }

  @Test
  void connection_refusedByCodes_comesBack() throws Exception {
    assertAnswers();
    for (int code : new int[] {4, 5, 3}) {
      hub.faults().connectReturnCode(code);
      hub.kick();
      awaitRefusals(2);
      assertThat(hub.isConnected(LVA)).as("code %d", code).isFalse();
      hub.faults().connectReturnCode(0);
      assertAnswers();
    }
  }

  @Test
  void connection_twinUnanswered_comesBackWhenItIsAnswered() throws Exception {
    assertAnswers();
    hub.faults().loseTwinAnswers(true);
    hub.stop(/* forget= */ true);
    hub.resume();
    until(() -> hub.isConnected(LVA));
    hub.faults().loseTwinAnswers(false);
    assertAnswers();
  }
}
