package io.lva.iot.edge;

import static io.lva.iot.edge.EdgeRig.LVA;
import static io.lva.iot.edge.EdgeRig.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventClass;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's client without the module, against the emulated hub. */
class SdkHubClientTest {
  private static final OutgoingMessage MESSAGE =
      new OutgoingMessage(
          "id-1", EdgeRig.OUTPUT, "camera", EventClass.OPERATIONAL, Map.of("subject", "/s"), "{}");

  @TempDir private Path folder;
  private final Loss loss = new Loss();
  private EdgeHubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    hub = EdgeHubEmulator.start(folder, LVA);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  /** Hears that the connection was lost. */
  private static final class Loss implements HubClient.Listener {
    private final CompletableFuture<String> reason = new CompletableFuture<>();

    @Override
    public void connected() {}

    @Override
    public void retrying(String why) {
      reason.complete(why);
    }

    @Override
    public void disconnected(String reason) {}

    @Override
    public void method(String request, String name, String payload) {}

    @Override
    public void desired(String patch) {}

    @Override
    public void input(String input, String id, Map<String, String> properties, String body) {}
  }

  private HubClient client(HubIdentity who, EdgeRig.Client kind) throws IOException {
    return EdgeRig.client(hub, who, kind, loss);
  }

  @Test
  void open_keyThatIsNotTheModules_refusedWithoutRepeatingIt() throws IOException {
    String key = HubIdentity.of("edge1", "other").key();
    HubIdentity stranger = new HubIdentity(LVA.device(), LVA.module(), key);
    try (HubClient client = client(stranger, EdgeRig.Client.QUICK)) {
      assertThatThrownBy(client::open).isInstanceOf(IOException.class).hasMessageNotContaining(key);
    }
    assertThat(hub.connections()).isZero();
    assertThat(hub.refusals()).isPositive();
  }

  @Test
  void send_notAcknowledgedBeforeItExpires_failsSoThatItCanBeSentAgain() throws Exception {
    try (HubClient client = client(LVA, EdgeRig.Client.FORGETFUL)) {
      client.open();
      hub.faults().withholdPubacks(true);
      CompletableFuture<Void> sent = client.send(MESSAGE);
      assertThat(sent)
          .failsWithin(PATIENCE)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("MESSAGE_EXPIRED");
      assertThat(hub.events()).extracting(HubEvent::id).containsExactly("id-1");
      hub.stop(/* forget= */ false);
      assertThat(loss.reason).succeedsWithin(PATIENCE); // closing does not wait for the message
    }
  }

  /** The expiry is the client's: what the hub has taken, it does not lose by the time it takes. */
  @Test
  void send_acknowledged_noExpiryAmongItsProperties() throws Exception {
    try (HubClient client = client(LVA, EdgeRig.Client.STANDARD)) {
      client.open();
      assertThat(client.send(MESSAGE)).succeedsWithin(PATIENCE);
    }
    HubEvent event = hub.events().get(0);
    assertThat(event.system())
        .containsOnlyKeys("mid", "cid", "on", "cdid", "cmid", "ce", "ct", "ctime")
        .containsEntry("mid", "id-1")
        .containsEntry("on", EdgeRig.OUTPUT);
    assertThat(event.properties()).containsOnlyKeys("subject");
  }
}
