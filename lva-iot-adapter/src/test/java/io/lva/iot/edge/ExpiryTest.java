package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.iot.testkit.EdgeHubEmulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledgements that take longer than Microsoft's client keeps a message. */
class ExpiryTest {
  @TempDir private Path folder;

  @Test
  void events_acknowledgedAfterTheClientHasLetThemGo_deliveredInOrderUnderTheirIds()
      throws Exception {
    try (EdgeRig rig = new EdgeRig(folder, EdgeRig.Client.FORGETFUL)) {
      EdgeHubEmulator hub = rig.hub();
      rig.activate();
      int before = hub.events().size();
      hub.faults().withholdPubacks(true);
      rig.publishNext(3);
      rig.await(() -> hub.events().size() >= before + 2);
      assertThat(hub.events().get(before + 1).id()).isEqualTo(hub.events().get(before).id());
      hub.faults().withholdPubacks(false);
      rig.assertAllArrive();
      hub.kick(); // what MQTT still holds is acknowledged now; closing does not wait for it
      rig.assertAnswers();
    }
  }
}
