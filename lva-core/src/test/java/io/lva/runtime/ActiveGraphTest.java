package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.graph.AssetSink;
import io.lva.graph.RtspSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ActiveGraphTest {
  private final ManualLoop loop = new ManualLoop();
  private final FakeNode.Type source = FakeNode.source();
  private final FakeNode.Type sink = FakeNode.sink();
  private final List<Duration> deadlines = new ArrayList<>();
  private final FakeHost host = new FakeHost(loop);

  private static PlannedNode source(String name) {
    return new PlannedNode(name, "sources", RtspSource.at("rtsp://c"), List.of());
  }

  private static PlannedNode sink(String name, String... from) {
    List<PlannedNode.Connection> inputs = new ArrayList<>();
    for (String upstream : from) {
      inputs.add(new PlannedNode.Connection(upstream, null));
    }
    return new PlannedNode(name, "sinks", AssetSink.named("a"), inputs);
  }

  private ActiveGraph start(PlannedNode... upstreamFirst) {
    var starting =
        new GraphStart(
                "camera1",
                List.of(upstreamFirst),
                NodeProviders.find(List.of(source, sink)),
                loop,
                new ManualThreads(loop),
                host,
                new OverdueCalls("camera1"))
            .begin(Duration.ofSeconds(60));
    try {
      return starting.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private CompletableFuture<Void> takes(Duration deadline, Duration needed) {
    deadlines.add(deadline);
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.schedule(needed, () -> done.complete(null));
    return done;
  }

  @Test
  void stop_slowSource_sinkGetsTheRestOfTheDeadline() {
    source.onStop = deadline -> takes(deadline, Duration.ofSeconds(4));
    sink.onStop = deadline -> takes(deadline, Duration.ofSeconds(1));
    var stopped = start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(10));
    loop.advance(Duration.ofMillis(4999));
    assertThat(stopped.toCompletableFuture()).isNotDone();
    loop.advance(Duration.ofMillis(1));
    assertThat(stopped.toCompletableFuture()).isCompleted();
    assertThat(deadlines).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(6));
  }

  @Test
  void stop_nodesThatNeverEnd_doneAtTheDeadlineAndAllAsked() {
    source.onStop = deadline -> takes(deadline, Duration.ofDays(1));
    sink.onStop = deadline -> takes(deadline, Duration.ofDays(1));
    var stopped = start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(10));
    loop.advance(Duration.ofMillis(9999));
    assertThat(stopped.toCompletableFuture()).isNotDone();
    loop.advance(Duration.ofMillis(1));
    assertThat(stopped.toCompletableFuture()).isCompleted();
    assertThat(deadlines).containsExactly(Duration.ofSeconds(10), Duration.ZERO);
  }

  @Test
  void stop_nodeThatFails_othersStopped() {
    source.onStop =
        deadline -> {
          throw new IllegalStateException("broken");
        };
    sink.onStop = deadline -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
    var stopped = start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(10));
    assertThat(stopped.toCompletableFuture()).isCompleted();
    assertThat(host.failures).containsExactly("stop of camera: broken", "stop of asset: broken");
  }

  @Test
  @SuppressWarnings("NullAway") // as a node that is not checked would
  void stop_nodeReturnsNull_toldAndOthersStopped() {
    source.onStop = deadline -> null;
    var stopped = start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(10));
    assertThat(stopped.toCompletableFuture()).isCompleted();
    assertThat(host.failures)
        .containsExactly("stop of camera: its stop returned null instead of a stage");
  }

  @Test
  void stop_stageCompletesLate_toldOnceAfterTheDeadline() {
    sink.onStop = deadline -> new CompletableFuture<>();
    var stopped = start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(10));
    loop.advance(Duration.ofSeconds(10));
    assertThat(stopped.toCompletableFuture()).isCompleted();
    assertThat(host.failures).isEmpty();
    loop.advance(Duration.ofSeconds(60));
    assertThat(host.failures).containsExactly("stop of asset overdue after PT10S");
  }

  @Test
  void stop_longestPossibleDeadline_noOverflow() {
    var stopped =
        start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(stopped.toCompletableFuture()).isCompleted();
  }

  @Test
  void start_nodeWithMoreConnectionsThanInputs_refused() {
    assertThatThrownBy(() -> start(source("one"), source("two"), sink("asset", "one", "two")))
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("'asset'")
        .hasMessageContaining("takes 1 inputs; the topology connects 2");
  }

  @Test
  void start_classOfANodeIsMissing_saysNodeTypeAndWhatToAddAndStopsTheOthers() {
    List<String> log = new ArrayList<>();
    source.logTo(log);
    sink.logTo(log);
    source.onStart =
        () -> {
          throw new NoClassDefFoundError("org/contoso/Codec");
        };
    assertThatThrownBy(() -> start(source("camera"), sink("asset", "camera")))
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("'camera'")
        .hasMessageContaining("#Microsoft.Media.MediaGraphRtspSource")
        .hasMessageContaining("org.contoso.Codec")
        .hasMessageContaining("Add the artifact")
        .hasCauseInstanceOf(LinkageError.class);
    assertThat(log).endsWith("stop camera", "stop asset");
  }

  @Test
  void start_classesOfANodeDoNotFit_saysSo() {
    sink.onCreate =
        () -> {
          throw new NoSuchMethodError("int org.contoso.Codec.rate()");
        };
    assertThatThrownBy(() -> start(source("camera"), sink("asset", "camera")))
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("'asset'")
        .hasMessageContaining("artifacts of one version");
  }

  @Test
  void start_nodeThrowsFromStart_namedAndTheOthersAreStopped() {
    List<String> log = new ArrayList<>();
    sink.logTo(log);
    source.onStart =
        () -> {
          throw new IllegalStateException("no licence");
        };
    assertThatThrownBy(() -> start(source("camera"), sink("asset", "camera")))
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("'camera'")
        .hasMessageContaining("no licence");
    assertThat(log).endsWith("stop asset");
  }

  @Test
  void start_anyOtherError_namedAndTheOthersAreStopped() {
    List<String> log = new ArrayList<>();
    sink.logTo(log);
    source.onStart =
        () -> {
          throw new StackOverflowError();
        };
    sink.onStop =
        deadline -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> start(source("camera"), sink("asset", "camera")))
        .isInstanceOf(ActivationException.class)
        .hasMessageContaining("'camera'")
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(log).endsWith("stop asset");
  }

  @Test
  void stop_nodeThatFailsWithAnError_othersStopped() {
    List<String> log = new ArrayList<>();
    sink.logTo(log);
    source.onStop =
        deadline -> {
          throw new NoClassDefFoundError("org/contoso/Codec");
        };
    var stopped = start(source("camera"), sink("asset", "camera")).stop(Duration.ofSeconds(10));
    assertThat(stopped.toCompletableFuture()).isCompleted();
    assertThat(log).endsWith("stop asset");
  }
}
