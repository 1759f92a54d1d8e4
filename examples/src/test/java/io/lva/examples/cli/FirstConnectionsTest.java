package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FirstConnectionsTest {
  private static final Duration LIMIT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final GraphEvent CONNECTED = new GraphEvent.MediaSessionEstablished("v=0");
  private static final GraphEvent AVAILABLE =
      new GraphEvent.RecordingAvailable(
          new RecordingOutput(RecordingOutput.Type.ASSET_NAME, "x"), Instant.EPOCH);

  private final FirstConnections connections = new FirstConnections(List.of("a", "b"), true);

  private void event(String instance, GraphEvent event) {
    connections.event(
        new EventRecord(
            UUID.randomUUID(), "/t", "/s", Instant.EPOCH, instance, Optional.empty(), event));
  }

  private void await(Duration limit) throws InterruptedException {
    StopSignal signal = StopSignal.install();
    try {
      connections.await(limit, signal);
    } finally {
      signal.close();
    }
  }

  private static GraphEvent refusal(String reason) {
    return new GraphEvent.ProtocolError("rtsp", "401", "rtsp://b/x", "b:554", reason);
  }

  private static GraphEvent unreachable(String reason) {
    return new GraphEvent.NetworkError("b:554", "connectionRefused", reason);
  }

  @Test
  void await_oneRecordedOneRefused_endsAtOnceWithoutFailure() throws InterruptedException {
    event("a", CONNECTED);
    event("a", AVAILABLE);
    event("b", refusal("b wants another password"));
    await(LONG);
    assertThat(connections.hasStarted("a")).isTrue();
    assertThat(connections.hasStarted("b")).isFalse();
    assertThat(connections.haveAllStarted()).isFalse();
  }

  @Test
  void await_oneConnectedOneUnreachable_endsAtTheLimitWithoutFailure() throws InterruptedException {
    event("a", unreachable("a refuses"));
    event("b", unreachable("b refuses"));
    event("a", CONNECTED);
    await(LIMIT);
    assertThat(connections.hasStarted("a")).isTrue();
  }

  @Test
  void await_allRefused_failsAtOnceWithTheReasonOfEach() {
    connections.refused("a", "the asset is in use");
    event("b", refusal("b wants another password"));
    assertThatThrownBy(() -> await(LONG))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("a: the asset is in use")
        .hasMessageContaining("b: b wants another password");
  }

  @Test
  void await_nobodyAnswers_failsAtTheLimitAndProposesToWait() {
    assertThatThrownBy(() -> await(LIMIT))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--wait");
  }

  @Test
  void hasStarted_refusedThenConnected_isTrueAgain() {
    event("b", refusal("b wants another password"));
    event("b", CONNECTED);
    assertThat(connections.hasStarted("b")).isTrue();
  }

  /** The recording goes on in the local media cache. */
  @Test
  void await_storeIsAway_isNoRefusal() throws InterruptedException {
    GraphEvent away = new GraphEvent.StorageError("http://store", "ioError", "it is away");
    event("a", away);
    event("b", refusal("b wants another password"));
    event("a", CONNECTED);
    event("a", away);
    await(LIMIT);
    assertThat(connections.hasStarted("a")).isTrue();
  }

  @Test
  void await_storeRefusesTheLogin_failsAtOnce() {
    event("a", CONNECTED);
    event("a", new GraphEvent.StorageError("http://store", "accessDenied", "check key"));
    event("b", refusal("b wants another password"));
    assertThatThrownBy(() -> await(LONG)).hasMessageContaining("check key");
  }
}
