package io.lva.iot.edge;

import static io.lva.iot.edge.EdgeRig.LVA;
import static io.lva.iot.edge.EdgeRig.PATIENCE;
import static io.lva.iot.edge.EdgeRig.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.GraphEvent;
import io.lva.iot.testkit.EdgeHub.Condition;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.MethodResult;
import io.lva.iot.testkit.MosquittoHub;
import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module with Microsoft's client at a broker that is not ours: mosquitto, over TLS. */
class MosquittoTest {
  @TempDir private Path folder;
  private final EventNodes nodes = new EventNodes();
  private MosquittoHub hub;
  private EdgeModule module;

  @BeforeEach
  void start() throws Exception {
    Judges.require("mosquitto");
    hub = MosquittoHub.start(folder, LVA);
    hub.patchDesired(LVA, EdgeRig.settings(folder.resolve("data")));
    module =
        EdgeModule.start(
            EdgeOptions.standard(folder.resolve("state"))
                .longestPause(Duration.ofSeconds(2))
                .runtime(runtime -> runtime.nodes(nodes.source(), nodes.sink())),
            listener -> EdgeRig.client(hub, LVA, EdgeRig.Client.QUICK, listener));
    await(() -> hub.reported(LVA).contains("\"Running\""));
  }

  @AfterEach
  void stop() {
    if (module != null) {
      module.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  private void await(Condition condition) throws InterruptedException {
    assertThat(hub.await(condition, PATIENCE)).as("in time").isTrue();
  }

  private void awaitEvent(String text) throws InterruptedException {
    await(() -> hub.events().stream().anyMatch(event -> event.body().contains(text)));
  }

  private void assertAnswers(String name, String payload, int status) throws InterruptedException {
    MethodResult result = hub.invoke(LVA, name, payload, PATIENCE);
    assertThat(result.status()).as(result.payload()).isEqualTo(status);
  }

  private void activate() throws InterruptedException {
    assertAnswers("GraphTopologySet", EventNodes.TOPOLOGY, 201);
    assertAnswers("GraphInstanceSet", EventNodes.INSTANCE, 201);
    assertAnswers("GraphInstanceActivate", EventNodes.NAMED, 200);
  }

  @Test
  void module_atMosquitto_twinMethodsAndEvents() throws Exception {
    activate();
    nodes.publish(new GraphEvent.MediaSessionEstablished("v=0 first"));
    awaitEvent("v=0 first");
    HubEvent event = hub.events().get(0);
    assertThat(event.output()).isEqualTo("AmsDiagnostics");
    assertThat(event.system()).containsEntry("ct", "application/json").containsEntry("ce", "utf-8");
    assertThat(event.properties().get("subject")).isEqualTo("/graphInstances/camera/sinks/sink");
    hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
    await(() -> hub.reported(LVA).contains("ConfigurationRequired"));
    assertAnswers("GraphTopologyList", VERSION, 403);
  }

  @Test
  void module_mosquittoKilled_comesBackWithMethodsPatchesAndEvents() throws Exception {
    activate();
    hub.kill();
    nodes.publish(new GraphEvent.MediaSessionEstablished("v=0 while away"));
    int before = hub.reports();
    hub.restart();
    awaitEvent("v=0 while away");
    await(() -> hub.reports() > before);
    assertAnswers("GraphTopologyList", VERSION, 200);
    hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
    await(() -> hub.reported(LVA).contains("ConfigurationRequired"));
  }
}
