package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.Parameter;
import io.lva.graph.TopologyException;
import io.lva.runtime.EngineException.Reason;
import io.lva.spi.NodeStartException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphEngineTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final FakeNode.Type source = FakeNode.source();
  private final FakeNode.Type sink = FakeNode.sink();
  private final BlockingQueue<EventRecord> events = new LinkedBlockingQueue<>();
  private final FakeStore store = new FakeStore();
  private final MediaRuntime runtime =
      MediaRuntime.builder()
          .nodes(source, sink)
          .onEvent(events::add)
          .closeDeadline(Duration.ofSeconds(1))
          .start();
  private GraphEngine engine = open(EngineLimits.STANDARD);

  private GraphEngine open(EngineLimits limits) {
    return GraphEngine.open(runtime, limits, store);
  }

  @AfterEach
  void close() {
    engine.close();
    runtime.close();
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void setTopology_twice_createdThenUpdatedWithFirstCreationTime() {
    var first = engine.setTopology(Graphs.continuous("CVR"));
    var second = engine.setTopology(Graphs.continuous("CVR"));
    assertThat(first.created()).isTrue();
    assertThat(second.created()).isFalse();
    assertThat(second.resource().systemData().createdAt())
        .isEqualTo(first.resource().systemData().createdAt());
    assertThat(engine.topologies()).containsExactly(second.resource());
  }

  @Test
  void deleteTopology_inactiveInstanceRefers_inUse() {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    assertThatThrownBy(() -> engine.deleteTopology("CVR"))
        .hasMessage(
            "Graph topology operation cannot be completed because it is in use by following graph"
                + " instances: 'camera1'");
    assertThat(engine.deleteInstance("camera1")).isTrue();
    assertThat(engine.deleteInstance("camera1")).isFalse();
    assertThat(engine.deleteTopology("CVR")).isTrue();
    assertThat(engine.deleteTopology("CVR")).isFalse();
  }

  @Test
  void setTopology_activeInstance_inUse() {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    engine.activate("camera1");
    refused(Reason.TOPOLOGY_IN_USE, () -> engine.setTopology(Graphs.continuous("CVR")));
    engine.deactivate("camera1", DEADLINE);
    assertThat(engine.setTopology(Graphs.continuous("CVR")).created()).isFalse();
  }

  @Test
  void setTopology_newParameterWithoutDefault_inUseByInactiveInstance() {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    var extra = Parameter.string("extra");
    refused(
        Reason.TOPOLOGY_IN_USE,
        () -> engine.setTopology(Graphs.continuous("CVR", Graphs.URL, extra)));
    engine.setTopology(Graphs.continuous("CVR", Graphs.URL, extra.defaultsTo("x")));
    engine.activate("camera1");
    var value = extra.as(io.lva.graph.ValueTypes.TEXT);
    assertThat(source.last().context().resolve(value)).isEqualTo("x");
  }

  @Test
  void setTopology_usedParameterRemoved_inUse() {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    refused(
        Reason.TOPOLOGY_IN_USE,
        () ->
            engine.setTopology(
                Graphs.continuous("CVR", Parameter.string("other").defaultsTo("rtsp://c"))));
  }

  @Test
  void setInstance_noTopologyOrWrongValues_refused() {
    refused(Reason.TOPOLOGY_NOT_FOUND, () -> engine.setInstance(Graphs.instance("camera1", "CVR")));
    engine.setTopology(Graphs.continuous("CVR"));
    var empty = new InstanceDefinition("camera1", "CVR", Optional.empty(), Map.of());
    assertThatThrownBy(() -> engine.setInstance(empty)).isInstanceOf(TopologyException.class);
    assertThat(engine.instances()).isEmpty();
  }

  @Test
  void instance_activeThenEverything_refusedWithItsState() {
    engine.setTopology(Graphs.continuous("CVR"));
    assertThat(engine.setInstance(Graphs.instance("camera1", "CVR")).created()).isTrue();
    assertThat(engine.setInstance(Graphs.instance("camera1", "CVR")).created()).isFalse();
    engine.activate("camera1");
    engine.activate("camera1");
    assertThatThrownBy(() -> engine.setInstance(Graphs.instance("camera1", "CVR")))
        .isInstanceOfSatisfying(
            InstanceStateException.class,
            e -> assertThat(e.state()).isEqualTo(InstanceState.ACTIVE));
    assertThatThrownBy(() -> engine.deleteInstance("camera1"))
        .isInstanceOf(InstanceStateException.class);
    engine.deactivate("camera1", DEADLINE);
    engine.deactivate("camera1", DEADLINE);
    assertThat(engine.instance("camera1").orElseThrow().state()).isEqualTo(InstanceState.INACTIVE);
  }

  @Test
  void activate_whileDeactivating_refusedAndNotKept() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    sink.onStop = deadline -> drained;
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    engine.activate("camera1");
    var first = engine.deactivateAsync("camera1", DEADLINE).toCompletableFuture();
    var joined = engine.deactivateAsync("camera1", DEADLINE).toCompletableFuture();
    assertThatThrownBy(() -> engine.activate("camera1")).isInstanceOf(InstanceStateException.class);
    assertThat(first).isNotDone();
    assertThat(store.desired("camera1")).isFalse();
    drained.complete(null);
    first.join();
    joined.join();
  }

  @Test
  void unknownInstance_activateAndDeactivate_notFound() {
    refused(Reason.NOT_FOUND, () -> engine.activate("nobody"));
    refused(Reason.NOT_FOUND, () -> engine.deactivate("nobody", DEADLINE));
    assertThat(engine.activateAsync("nobody").toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void limits_reached_refused() {
    engine.close();
    engine = open(new EngineLimits(1, 1));
    engine.setTopology(Graphs.continuous("CVR"));
    refused(Reason.LIMIT_REACHED, () -> engine.setTopology(Graphs.continuous("Other")));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    refused(Reason.LIMIT_REACHED, () -> engine.setInstance(Graphs.instance("camera2", "CVR")));
    assertThat(engine.setInstance(Graphs.instance("camera1", "CVR")).created()).isFalse();
  }

  @Test
  void open_again_activeInstanceResumes() {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    engine.setInstance(Graphs.instance("camera2", "CVR"));
    engine.activate("camera1");
    engine.close();
    assertThat(runtime.instance("camera1")).isEmpty();
    engine = open(EngineLimits.STANDARD);
    assertThat(engine.instance("camera1").orElseThrow().state())
        .isIn(InstanceState.ACTIVATING, InstanceState.ACTIVE);
    engine.activate("camera1");
    assertThat(engine.instance("camera2").orElseThrow().state()).isEqualTo(InstanceState.INACTIVE);
    assertThat(source.made).hasSize(2);
  }

  @Test
  void open_diskNotMountedYet_staysDesiredAndResumesLater() throws InterruptedException {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    engine.activate("camera1");
    engine.close();
    source.onStart =
        () -> {
          throw new NodeStartException("/srv is not mounted");
        };
    engine = open(EngineLimits.STANDARD);
    var event = events.poll(60, TimeUnit.SECONDS);
    assertThat(event.event())
        .isInstanceOfSatisfying(
            GraphEvent.RuntimeError.class,
            error -> assertThat(error.reason()).contains("camera1", "/srv is not mounted"));
    assertThat(store.desired("camera1")).isTrue();
    tryAgainInVain();
    assertThat(events).as("the same reason is told once").isEmpty();
    source.onStart = () -> {};
    engine.resume();
    runtime.instance("camera1").orElseThrow().activate();
    engine.deactivate("camera1", DEADLINE);
    engine.resume();
    assertThat(engine.instance("camera1").orElseThrow().state()).isEqualTo(InstanceState.INACTIVE);
  }

  private void tryAgainInVain() {
    engine.resume();
    assertThatThrownBy(() -> runtime.instance("camera1").orElseThrow().activate())
        .isInstanceOf(ActivationException.class);
  }

  @Test
  void activate_nodeFails_desiredStateStaysInactive() {
    source.onStart =
        () -> {
          throw new NodeStartException("no");
        };
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    assertThatThrownBy(() -> engine.activate("camera1")).isInstanceOf(ActivationException.class);
    assertThat(store.desired("camera1")).isFalse();
  }

  @Test
  void activate_severalAtOnceFail_desiredStateStaysInactive() {
    source.onStart =
        () -> {
          throw new NodeStartException("no");
        };
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    for (int i = 0; i < 50; i++) {
      var first = engine.activateAsync("camera1").toCompletableFuture();
      assertThatThrownBy(() -> engine.activate("camera1")).isInstanceOf(ActivationException.class);
      assertThatThrownBy(first::join).hasCauseInstanceOf(ActivationException.class);
      assertThat(store.desired("camera1")).isFalse();
    }
  }

  @Test
  void anyChange_storeFails_nothingChanged() {
    engine.setTopology(Graphs.continuous("CVR"));
    engine.setInstance(Graphs.instance("camera1", "CVR"));
    store.broken = true;
    refused(Reason.STORAGE, () -> engine.setTopology(Graphs.continuous("Other")));
    refused(Reason.STORAGE, () -> engine.setInstance(Graphs.instance("camera2", "CVR")));
    refused(Reason.STORAGE, () -> engine.activate("camera1"));
    refused(Reason.STORAGE, () -> engine.deleteInstance("camera1"));
    store.broken = false;
    assertThat(engine.topologies()).hasSize(1);
    assertThat(engine.instances()).hasSize(1);
    assertThat(engine.instance("camera1").orElseThrow().state()).isEqualTo(InstanceState.INACTIVE);
    assertThat(engine.setInstance(Graphs.instance("camera2", "CVR")).created()).isTrue();
  }
}
