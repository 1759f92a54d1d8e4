package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventJson;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import io.lva.graph.TopologyException;
import io.lva.graph.Value;
import io.lva.graph.ValueTypes;
import io.lva.media.MediaBudget;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeStartException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaRuntimeTest {
  private static final String[] TAGS = {
    "graph_topology", "CVRToAMSAsset", "graph_instance", "camera1", "graph_node", "assetSink"
  };
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Parameter<String> url = Parameter.string("rtspUrl");
  private final GraphTopology topology = continuous();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final FakeNode.Type source = FakeNode.source().logTo(log);
  private final FakeNode.Type sink = FakeNode.sink().logTo(log);
  private final BlockingQueue<EventRecord> events = new LinkedBlockingQueue<>();
  private MediaRuntime runtime;

  private GraphTopology continuous() {
    var graph = GraphTopology.builder("CVRToAMSAsset");
    graph.parameter(url);
    graph
        .source("rtspSource", RtspSource.at(url))
        .video()
        .to("assetSink", AssetSink.named("a-${System.GraphInstanceName}"));
    return graph.build();
  }

  @BeforeEach
  void start() {
    runtime =
        MediaRuntime.builder()
            .nodes(source, sink)
            .topic("/mediaGraph/here")
            .onEvent(events::add)
            .closeDeadline(Duration.ofSeconds(1))
            .start();
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private GraphInstance camera() {
    return runtime.instance("camera1", topology, values -> values.set(url, "rtsp://10.0.0.5/main"));
  }

  @Test
  void activate_wholeGraph_sinksFirstAndSourcesStoppedFirst() {
    GraphInstance instance = camera();
    instance.activate();
    assertThat(instance.state()).isEqualTo(InstanceState.ACTIVE);
    instance.deactivate(DEADLINE);
    assertThat(instance.state()).isEqualTo(InstanceState.INACTIVE);
    assertThat(log)
        .containsExactly(
            "create assetSink",
            "create rtspSource",
            "start assetSink",
            "start rtspSource",
            "stop rtspSource",
            "stop assetSink");
  }

  @Test
  void activate_oneConnectionWithSelector_sinkGetsVideoOnly() {
    camera().activate();
    source
        .last()
        .send(
            output -> {
              output.tracks(Media.tracks());
              output.sample(Media.video());
              output.sample(Media.audio());
            });
    assertThat(sink.last().media).containsExactly("tracks [video]", "sample 1");
  }

  @Test
  void sample_sinkThrows_namedInAnEventAndCountedAndTheSourceGoesOn() throws Exception {
    var registry = new SimpleMeterRegistry();
    try (MediaRuntime counted =
        MediaRuntime.builder()
            .nodes(source, sink)
            .metrics(new MicrometerMetrics(registry))
            .onEvent(events::add)
            .start()) {
      counted
          .instance("camera1", topology, values -> values.set(url, "rtsp://10.0.0.5/main"))
          .activate();
      sink.onSample =
          () -> {
            throw new IllegalStateException("the sink is broken");
          };
      source
          .last()
          .send(
              output -> {
                output.tracks(Media.tracks());
                output.sample(Media.video());
                output.sample(Media.video());
              });
      assertThat(sink.last().media).containsExactly("tracks [video]", "sample 1");
      EventRecord event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      assertThat(event.subject()).isEqualTo("/graphInstances/camera1/sinks/assetSink");
      assertThat(EventJson.standard().body(event))
          .contains("nodeFailed", "assetSink", "the sink is broken");
      assertThat(registry.counter("lva.node.failures", TAGS).count()).isEqualTo(1);
    }
  }

  @Test
  void session_nodesOfOneActivation_shareAndItEndsWithTheLastNode() {
    record Pictures(List<String> log) implements AutoCloseable {
      @Override
      public void close() {
        log.add("close pictures");
      }
    }
    GraphInstance instance = camera();
    instance.activate();
    NodeContext first = source.last().context();
    Pictures shared = first.session().get(Pictures.class, () -> new Pictures(log));
    assertThat(sink.last().context().session().get(Pictures.class, () -> new Pictures(log)))
        .isSameAs(shared);
    instance.deactivate(DEADLINE);
    assertThat(log).endsWith("stop assetSink", "close pictures");
    instance.activate();
    assertThat(source.last().context().session()).isNotSameAs(first.session());
  }

  @Test
  void option_setInTheBuilder_foundByItsClass() {
    record Limit(int packets) {}
    MediaRuntimeBuilder builder = MediaRuntime.builder().nodes(source, sink);
    try (MediaRuntime limited = builder.option(Limit.class, new Limit(3)).start()) {
      builder.option(Limit.class, new Limit(4)); // of the next runtime
      limited
          .instance("camera1", topology, values -> values.set(url, "rtsp://10.0.0.5/main"))
          .activate();
      NodeContext context = source.last().context();
      assertThat(context.option(Limit.class)).contains(new Limit(3));
      assertThat(context.option(String.class)).isEmpty();
    }
  }

  @Test
  void mediaBudget_nodeTakesAShare_allInstancesShareTheMemory() {
    camera().activate();
    MediaBudget budget = source.last().context().mediaBudget();
    try (MediaBudget.Share queue = budget.take()) {
      long alone = queue.limitBytes();
      MediaBudget.Share preRoll = sink.last().context().mediaBudget().take();
      assertThat(queue.limitBytes()).isEqualTo(alone / 2).isEqualTo(preRoll.limitBytes());
      preRoll.close();
      preRoll.close();
      assertThat(queue.limitBytes()).isEqualTo(alone);
    }
    assertThat(budget.shares()).isZero();
  }

  @Test
  void workers_resultOfATask_comesBackToTheLoop() {
    camera().activate();
    NodeContext context = source.last().context();
    var decoded =
        context
            .workers()
            .submit(() -> context.loop().inLoop(), DEADLINE)
            .thenApplyAsync(inLoop -> inLoop + " " + context.loop().inLoop(), context.loop());
    assertThat(decoded.toCompletableFuture().join()).isEqualTo("false true");
  }

  @Test
  void context_parametersAndSystemVariables_resolved() {
    camera().activate();
    var context = source.last().context();
    assertThat(context.resolve(url.as(ValueTypes.URL)).toString())
        .isEqualTo("rtsp://10.0.0.5/main");
    assertThat(context.resolve(Value.template("${System.GraphTopologyName}-x", ValueTypes.TEXT)))
        .isEqualTo("CVRToAMSAsset-x");
    assertThat(context.resolve(Value.template("${System.DateTime}", ValueTypes.TEXT)))
        .matches("\\d{8}T\\d{6}Z");
  }

  @Test
  void activate_nodeCannotStart_instanceInactiveAndOthersStopped() {
    source.onStart =
        () -> {
          throw new NodeStartException("no such interface");
        };
    GraphInstance instance = camera();
    assertThatThrownBy(instance::activate)
        .isInstanceOf(ActivationException.class)
        .hasMessage(
            "Node 'rtspSource' of graph instance 'camera1' cannot start: no such interface");
    assertThat(instance.state()).isEqualTo(InstanceState.INACTIVE);
    assertThat(log).endsWith("stop rtspSource", "stop assetSink");
  }

  @Test
  void activate_noProvider_saysWhatToAdd() {
    try (MediaRuntime bare = MediaRuntime.builder().nodes(sink).start()) {
      GraphInstance instance =
          bare.instance("camera1", topology, values -> values.set(url, "rtsp://10.0.0.5/main"));
      assertThatThrownBy(instance::activate)
          .isInstanceOf(ActivationException.class)
          .hasMessageContaining("'rtspSource' is of type #Microsoft.Media.MediaGraphRtspSource")
          .hasMessageContaining("io.lva:lva-rtsp");
      assertThat(sink.made).isEmpty();
    }
  }

  @Test
  void deactivate_sinkNeverEnds_inactiveAtTheDeadline() {
    sink.onStop = deadline -> new CompletableFuture<>();
    GraphInstance instance = camera();
    instance.activate();
    instance.deactivate(Duration.ofMillis(50));
    assertThat(instance.state()).isEqualTo(InstanceState.INACTIVE);
  }

  @Test
  void instance_wrongValues_everyProblemAtOnce() {
    assertThatThrownBy(
            () -> runtime.instance("camera1", topology, values -> values.set("rtpUrl", "x")))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("'rtpUrl'")
        .hasMessageContaining("'rtspUrl'");
  }

  @Test
  void publish_fromSink_envelopeNamesInstanceAndNode() throws InterruptedException {
    camera().activate();
    var output = new RecordingOutput(RecordingOutput.Type.ASSET_NAME, "a-camera1");
    Instant time = Instant.parse("2026-11-22T10:00:00.5Z");
    sink.last().context().publish(new GraphEvent.RecordingStarted(output, time));
    EventRecord event = events.poll(60, TimeUnit.SECONDS);
    assertThat(EventJson.standard().envelope(event))
        .isEqualTo(
            """
            {"body":{"outputType":"assetName","outputLocation":"a-camera1"},\
            "applicationProperties":{"topic":"/mediaGraph/here",\
            "subject":"/graphInstances/camera1/sinks/assetSink",\
            "eventType":"Microsoft.Media.Graph.Operational.RecordingStarted",\
            "eventTime":"2026-11-22T10:00:00.500Z","dataVersion":"1.0"}}\
            """);
  }

  @Test
  void close_activeInstance_drained() {
    camera().activate();
    runtime.close();
    assertThat(log).endsWith("stop assetSink");
  }

  @Test
  void close_activationThatHangs_leftSoAfterAWhile() {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> diskAnswers = new CompletableFuture<>();
    source.onCreate =
        () -> {
          begun.countDown();
          diskAnswers.join();
        };
    Duration deadline = Duration.ofMillis(-4900); // of 5 s on top 0.1 s are left
    MediaRuntime stuck = MediaRuntime.builder().nodes(source, sink).closeDeadline(deadline).start();
    var activation =
        stuck
            .instance("camera1", topology, values -> values.set(url, "rtsp://10.0.0.5/main"))
            .activateAsync()
            .toCompletableFuture();
    assertThat(begun).satisfies(latch -> assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue());
    stuck.close();
    assertThat(activation).isNotDone();
    diskAnswers.complete(null);
  }

  @Test
  void start_builderUsedAgain_runtimeKeepsItsSettings() {
    MediaRuntimeBuilder builder = MediaRuntime.builder().topic("/one");
    try (MediaRuntime one = builder.start();
        MediaRuntime two = builder.topic("/two").start()) {
      assertThat(one.topic()).isEqualTo("/one");
      assertThat(two.topic()).isEqualTo("/two");
    }
  }

  @Test
  void activate_onLoop_refused() {
    GraphInstance instance = camera();
    instance.activate();
    CompletableFuture<Throwable> refusal = new CompletableFuture<>();
    source
        .last()
        .context()
        .loop()
        .execute(
            () ->
                refusal.complete(
                    org.assertj.core.api.Assertions.catchThrowable(
                        () -> instance.deactivate(DEADLINE))));
    assertThat(refusal.join()).isInstanceOf(IllegalStateException.class);
  }
}
