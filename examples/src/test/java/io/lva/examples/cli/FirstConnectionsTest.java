package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FirstConnectionsTest {
  private static final Duration LIMIT = Duration.ofMillis(50);

  private final FirstConnections connections = new FirstConnections(2);

  private void event(String instance, GraphEvent event) {
    connections.event(
        new EventRecord(
            UUID.randomUUID(), "/t", "/s", Instant.EPOCH, instance, Optional.empty(), event));
  }

  private void assertFailure(String message) {
    StopSignal signal = StopSignal.install();
    try {
      assertThatThrownBy(() -> connections.await(LIMIT, signal))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(message);
    } finally {
      signal.close();
    }
  }

  @Test
  void await_oneCameraCameBackTheOtherDidNot_reasonOfTheOther() {
    event("a", new GraphEvent.NetworkError("a:554", "connectionRefused", "a refuses"));
    event("b", new GraphEvent.NetworkError("b:554", "connectionRefused", "b refuses"));
    event("a", new GraphEvent.MediaSessionEstablished("v=0"));
    assertFailure("b refuses");
  }

  @Test
  void await_wrongPasswordWhileTheOtherRecords_itsReason() {
    event("a", new GraphEvent.MediaSessionEstablished("v=0"));
    event(
        "a",
        new GraphEvent.RecordingAvailable(
            new RecordingOutput(RecordingOutput.Type.ASSET_NAME, "x"), Instant.EPOCH));
    event("b", new GraphEvent.AuthenticationError("b:554", "401", "b wants another password"));
    assertFailure("b wants another password");
  }
}
