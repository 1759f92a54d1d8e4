package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.graph.NodeSpec;
import io.lva.media.GapCause;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of strangers that throw, return null or never return, beside one that works. */
@Timeout(60)
class FaultyNodeTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeNode.Type source = FakeNode.source();
  private final FakeNode.Type sink = FakeNode.sink();
  private final BlockingQueue<EventRecord> events = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch release = new CountDownLatch(1);
  private final MediaRuntime runtime =
      builder().nodes(source, sink).activationDeadline(SHORT).start();

  /** All instances share one media loop. */
  private MediaRuntimeBuilder builder() {
    return MediaRuntime.builder()
        .loops(1)
        .metrics(new MicrometerMetrics(registry))
        .closeDeadline(Duration.ofSeconds(1))
        .onEvent(events::add);
  }

  @AfterEach
  void close() {
    release.countDown();
    runtime.close();
  }

  private GraphInstance instance(String name) {
    return runtime.instance(
        InstancePlan.of(Graphs.instance(name, "CVR"), Graphs.continuous("CVR")));
  }

  /** Waits without an ear for interrupts, as for a disk that does not answer. */
  private void hang() {
    boolean released = false;
    while (!released) {
      try {
        release.await();
        released = true;
      } catch (InterruptedException e) {
        // Goes on waiting.
      }
    }
  }

  private String error(String code) throws InterruptedException {
    EventRecord event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    assertThat(event.event()).isInstanceOf(GraphEvent.RuntimeError.class);
    GraphEvent.RuntimeError error = (GraphEvent.RuntimeError) event.event();
    assertThat(error.code()).isEqualTo(code);
    return event.subject() + " " + error.reason();
  }

  private static void checkPasses(FakeNode from, FakeNode to) {
    int before = to.media.size();
    from.send(
        output -> {
          output.tracks(Media.tracks());
          output.sample(Media.video());
        });
    assertThat(to.media).hasSize(before + 2);
  }

  @Test
  void activate_createHangs_namedAtTheDeadlineAndInactive() {
    sink.onCreate = this::hang;
    GraphInstance instance = instance("camera1");
    assertThatThrownBy(instance::activate)
        .isInstanceOf(ActivationException.class)
        .hasMessage(
            "Node 'assetSink' of type #Microsoft.Media.MediaGraphAssetSink of graph instance"
                + " 'camera1' cannot start: its create has not returned; the deadline of 1 s is"
                + " over. See what it waits for, such as a disk or a network, and activate the"
                + " instance again");
    assertThat(instance.state()).isEqualTo(InstanceState.INACTIVE);
    instance.deactivate(SHORT);
  }

  @Test
  void activate_startHangs_namedAndTheLoopServesOthers() {
    GraphInstance works = instance("works");
    works.activate();
    FakeNode camera = source.last();
    FakeNode asset = sink.last();
    source.onStart = this::hang;
    var hanging = instance("hangs").activateAsync().toCompletableFuture();
    checkPasses(camera, asset);
    assertThatThrownBy(hanging::join)
        .hasCauseInstanceOf(ActivationException.class)
        .hasMessageContaining("'rtspSource'")
        .hasMessageContaining("its start has not returned");
  }

  @Test
  void activate_createIsInterruptible_interruptedAndItsThreadIsFree() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    sink.onCreate =
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    for (int i = 0; i <= OverdueCalls.MAXIMUM; i++) {
      assertThatThrownBy(instance("camera" + i)::activate)
          .hasMessageContaining("its create has not returned");
    }
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void activate_createReturnsAfterTheDeadline_nodeIsStoppedAgain() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    sink.onCreate = this::hang;
    sink.onStop =
        deadline -> {
          stopped.countDown();
          return CompletableFuture.completedFuture(null);
        };
    GraphInstance instance = instance("camera1");
    assertThatThrownBy(instance::activate).isInstanceOf(ActivationException.class);
    release.countDown();
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(sink.log).doesNotContain("start assetSink");
    sink.onCreate = () -> {};
    instance.activate();
    assertThat(instance.state()).isEqualTo(InstanceState.ACTIVE);
  }

  @Test
  void activate_threeHundredCreationsHang_anotherInstanceIsActivatedAtOnce() throws Exception {
    CountDownLatch hanging = new CountDownLatch(300);
    sink.onCreate =
        () -> {
          hanging.countDown();
          hang();
        };
    try (MediaRuntime patient = builder().nodes(source, sink).activationDeadline(LONG).start()) {
      for (int i = 0; i < 300; i++) {
        var plan = InstancePlan.of(Graphs.instance("hangs" + i, "CVR"), Graphs.continuous("CVR"));
        var unused = patient.instance(plan).activateAsync();
      }
      assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
      sink.onCreate = () -> {};
      var plan = InstancePlan.of(Graphs.instance("works", "CVR"), Graphs.continuous("CVR"));
      patient.instance(plan).activateAsync().toCompletableFuture().get(10, TimeUnit.SECONDS);
      release.countDown();
    }
  }

  @Test
  void activate_callsOfEarlierActivationsHang_refusedUntilTheyReturn() {
    sink.onCreate = this::hang;
    GraphInstance instance = instance("camera1");
    for (int i = 0; i < OverdueCalls.MAXIMUM; i++) {
      assertThatThrownBy(instance::activate).hasMessageContaining("has not returned");
    }
    assertThatThrownBy(instance::activate)
        .isInstanceOf(ActivationException.class)
        .hasMessageStartingWith(
            "Graph instance 'camera1' cannot be activated: 4 calls of earlier activations have not"
                + " returned (create of node 'assetSink', ")
        .hasMessageEndingWith("or restart the process.");
    instance("camera2").close();
  }

  private void checkRefused(Supplier<NodeRuntime> created, String... parts) {
    NodeProvider faulty =
        new NodeProvider() {
          @Override
          public String type() {
            return "#Microsoft.Media.MediaGraphAssetSink";
          }

          @Override
          public NodeRuntime create(NodeSpec spec, NodeContext context) {
            return created.get();
          }
        };
    try (MediaRuntime other = builder().nodes(source, faulty).start()) {
      var plan = InstancePlan.of(Graphs.instance("camera1", "CVR"), Graphs.continuous("CVR"));
      GraphInstance instance = other.instance(plan);
      assertThatThrownBy(instance::activate)
          .isInstanceOf(ActivationException.class)
          .hasMessageContaining("'assetSink'")
          .hasMessageContaining("'camera1'")
          .message()
          .contains(parts);
      assertThat(instance.state()).isEqualTo(InstanceState.INACTIVE);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // as a node that is not checked would
  void activate_createReturnsNull_refused() {
    checkRefused(() -> null, "its create returned null instead of a node; mend the node");
  }

  @Test
  void activate_createThrows_refused() {
    checkRefused(
        () -> {
          throw new IllegalStateException("no licence");
        },
        "of type #Microsoft.Media.MediaGraphAssetSink",
        "its create threw java.lang.IllegalStateException: no licence; mend the node");
  }

  @Test
  @SuppressWarnings("NullAway") // as a provider that is not checked would
  void start_providerWithoutType_refusedByName() {
    NodeProvider nameless =
        new NodeProvider() {
          @Override
          public String type() {
            return null;
          }

          @Override
          public NodeRuntime create(NodeSpec spec, NodeContext context) {
            throw new AssertionError();
          }
        };
    assertThatThrownBy(() -> MediaRuntime.builder().nodes(nameless).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(nameless.getClass().getName())
        .hasMessageContaining("its type() is null. It must return the @type");
  }

  @Test
  void deactivate_stopHangs_deadlineHoldsTheLoopServesOthersAndAnEventNamesTheNode()
      throws Exception {
    instance("works").activate();
    FakeNode camera = source.last();
    FakeNode asset = sink.last();
    GraphInstance hangs = instance("hangs");
    hangs.activate();
    sink.onStop =
        deadline -> {
          hang();
          return CompletableFuture.completedFuture(null);
        };
    var deactivated = hangs.deactivateAsync(SHORT).toCompletableFuture();
    checkPasses(camera, asset);
    deactivated.get(5, TimeUnit.SECONDS);
    assertThat(hangs.state()).isEqualTo(InstanceState.INACTIVE);
    checkPasses(camera, asset);
    assertThat(error("nodeStopOverdue"))
        .startsWith("/graphInstances/hangs/sinks/assetSink Node 'assetSink' of type")
        .contains("has not stopped by its deadline of ", "restart the process");
  }

  @Test
  void deactivate_sourceHangsInStop_sinkIsStoppedAllTheSame() throws Exception {
    GraphInstance instance = instance("camera1");
    instance.activate();
    source.onStop =
        deadline -> {
          hang();
          return CompletableFuture.completedFuture(null);
        };
    instance.deactivateAsync(SHORT).toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertThat(sink.log).endsWith("stop assetSink");
  }

  @Test
  void deactivate_stopThrows_eventNamesTheNodeAndOthersAreStopped() throws Exception {
    GraphInstance instance = instance("camera1");
    instance.activate();
    source.onStop =
        deadline -> {
          throw new IllegalStateException("no such handle");
        };
    instance.deactivate(LONG);
    assertThat(error("nodeStopFailed"))
        .startsWith("/graphInstances/camera1/sources/rtspSource Node 'rtspSource' of type")
        .contains("no such handle", "What this node still held may be missing");
    assertThat(sink.log).endsWith("stop assetSink");
  }

  @Test
  void deactivate_stageFails_eventNamesTheNode() throws Exception {
    GraphInstance instance = instance("camera1");
    instance.activate();
    sink.onStop = deadline -> CompletableFuture.failedFuture(new CompletionException("full", null));
    instance.deactivate(LONG);
    assertThat(error("nodeStopFailed")).contains("'assetSink'", "full");
  }

  @Test
  void deactivate_sampleHoldsTheLoop_deadlineHolds() throws Exception {
    GraphInstance instance = instance("camera1");
    instance.activate();
    CountDownLatch held = new CountDownLatch(1);
    FakeNode camera = source.last();
    camera
        .context()
        .loop()
        .execute(
            () -> {
              held.countDown();
              hang();
            });
    held.await();
    instance.deactivateAsync(SHORT).toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertThat(instance.state()).isEqualTo(InstanceState.INACTIVE);
  }

  @Test
  void deactivate_sourceEndsItsStreamFromStop_sinkGetsTheEndOnTheLoop() {
    GraphInstance instance = instance("camera1");
    instance.activate();
    FakeNode camera = source.last();
    source.onStop =
        deadline -> {
          camera.context().mediaOutput().end(GapCause.OPERATOR);
          return CompletableFuture.completedFuture(null);
        };
    instance.deactivate(LONG);
    assertThat(sink.last().media).containsExactly("end operator");
    assertThat(events).isEmpty();
  }

  @Test
  void sample_afterStopOfTheSink_doesNotReachIt() {
    GraphInstance instance = instance("camera1");
    instance.activate();
    FakeNode camera = source.last();
    checkPasses(camera, sink.last());
    instance.deactivate(LONG);
    int before = sink.last().media.size();
    camera.send(output -> output.sample(Media.video()));
    assertThat(sink.last().media).hasSize(before);
  }

  @Test
  void close_instance_itsMetersAreWithdrawnAndThoseOfOthersStay() {
    for (String name : List.of("camera1", "camera2")) {
      instance(name).activate();
      sink.last().context().metrics().counter("lva.recording.bytes").add(1);
      sink.last().context().metrics().gauge("lva.recording.queued.bytes", () -> 1);
    }
    registry.counter("theirs", "graph_instance", "camera1").increment();
    runtime.instance("camera1").orElseThrow().close();
    assertThat(registry.getMeters())
        .filteredOn(meter -> "camera1".equals(meter.getId().getTag("graph_instance")))
        .extracting(meter -> meter.getId().getName())
        .containsExactly("theirs");
    assertThat(registry.getMeters())
        .filteredOn(meter -> "camera2".equals(meter.getId().getTag("graph_instance")))
        .hasSize(2);
  }
}
