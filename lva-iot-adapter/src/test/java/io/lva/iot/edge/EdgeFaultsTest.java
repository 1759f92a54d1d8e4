package io.lva.iot.edge;

import static io.lva.iot.edge.EdgeRig.LVA;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.GraphEvent;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the hub and the network do to the module. Afterwards direct methods are answered, and every
 * operational event has arrived, in the order of its instance.
 */
class EdgeFaultsTest {
  @TempDir private Path folder;
  private EdgeRig rig;
  private EdgeHubEmulator hub;

  @BeforeEach
  void activate() throws Exception {
    rig = new EdgeRig(folder, EdgeRig.Client.QUICK);
    hub = rig.hub();
    rig.activate();
    rig.publishNext(3);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void assertRecovered() throws InterruptedException {
    rig.publishNext(3);
    rig.assertAllArrive();
    rig.assertAnswers();
  }

  @Test
  void connection_sessionForgotten_comesBackAndPatchesCount() throws Exception {
    hub.stop(/* forget= */ true);
    rig.publishNext(3);
    hub.resume();
    assertRecovered();
    hub.patchDesired(LVA, "{\"logLevel\": \"Loud\"}");
    rig.awaitReported("ConfigurationRequired");
  }

  @Test
  void connection_acceptedThenClosed_comesBack() throws Exception {
    hub.faults().acceptThenClose(true);
    hub.kick();
    rig.publishNext(3);
    rig.awaitRefusals(2);
    assertThat(hub.isConnected(LVA)).isFalse();
    hub.faults().acceptThenClose(false);
    assertRecovered();
  }

  @Test
  void connection_wrongCertificate_comesBackWhenItIsMended() throws Exception {
    hub.faults().wrongCertificate(true);
    hub.kick();
    rig.publishNext(3);
    rig.awaitRefusals(2);
    assertThat(hub.isConnected(LVA)).isFalse();
    hub.faults().wrongCertificate(false);
    assertRecovered();
  }

  @Test
  void connection_refusedByCodes_comesBack() throws Exception {
    for (int code : new int[] {4, 5, 3}) {
      hub.faults().connectReturnCode(code);
      hub.kick();
      rig.publishNext(3);
      rig.awaitRefusals(2);
      assertThat(hub.isConnected(LVA)).as("code %d", code).isFalse();
      hub.faults().connectReturnCode(0);
      assertRecovered();
    }
  }

  @Test
  void connection_twinUnanswered_comesBackWhenItIsAnswered() throws Exception {
    hub.stop(/* forget= */ true);
    hub.faults().loseTwinAnswers(true);
    int before = hub.faults().lostTwinAnswers();
    hub.resume();
    rig.await(() -> hub.faults().lostTwinAnswers() > before);
    hub.faults().loseTwinAnswers(false);
    assertRecovered();
  }

  @Test
  void connection_hubFrozen_comesBackWhenItAnswers() throws Exception {
    int before = hub.arrivals();
    hub.faults().freeze(true);
    rig.publishNext(3);
    rig.await(() -> hub.arrivals() > before);
    hub.faults().freeze(false);
    assertRecovered();
  }

  @Test
  void connection_awayForLongerThanTheClientTries_comesBack() throws Exception {
    rig.awaitNextClient(() -> hub.stop(/* forget= */ false));
    rig.publishNext(3);
    hub.resume();
    assertRecovered();
  }

  @Test
  void method_calledWhileANewClientConnects_answered() throws Exception {
    int before = hub.connections();
    hub.faults().acceptThenClose(true);
    hub.kick();
    rig.awaitRefusals(1);
    hub.faults().acceptThenClose(false);
    rig.await(() -> hub.connections() > before);
    assertThat(rig.invoke("GraphTopologyList", EdgeRig.VERSION).status()).isEqualTo(200);
  }

  @Test
  void events_connectionBrokenAgainAndAgain_allInOrder() throws Exception {
    for (int i = 0; i < 10; i++) {
      rig.assertAnswers();
      rig.publishNext(20);
      hub.kick();
    }
    assertRecovered();
  }

  @Test
  void events_acknowledgementsLost_repeatedUnderTheSameIds() throws Exception {
    rig.assertAllArrive();
    hub.faults().withholdPubacks(true);
    int before = hub.events().size();
    rig.publishNext(3);
    rig.await(() -> hub.events().size() > before);
    hub.kick();
    hub.faults().withholdPubacks(false);
    assertRecovered();
    List<String> ids = hub.events().stream().map(HubEvent::id).toList();
    assertThat(Set.copyOf(ids)).hasSizeLessThan(ids.size());
  }

  @Test
  void events_oneTooLargeForTheHub_droppedAndReportedWithoutALostConnection() throws Exception {
    int before = hub.connections();
    rig.publish(new GraphEvent.MediaSessionEstablished("v=0" + "x".repeat(300_000)));
    assertRecovered();
    rig.awaitReported("\"droppedEvents\":1");
    assertThat(hub.connections()).isEqualTo(before);
  }
}
