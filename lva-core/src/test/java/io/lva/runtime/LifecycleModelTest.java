package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.AssetSink;
import io.lva.graph.RtspSource;
import io.lva.spi.MediaLoop;
import io.lva.spi.NodeStartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls from eight threads; every answer must be one that the states at that time allow. */
class LifecycleModelTest {
  private static final int THREADS = 8;
  private static final int CALLS = 250;

  private record Entered(long nanos, InstanceState state) {}

  private record Answer(boolean activate, long begin, long end, String outcome) {}

  private final List<Entered> history = new ArrayList<>();
  private final ExecutorLoopGroup loops = new ExecutorLoopGroup(1);
  private final LifecycleThreads lifecycleThreads = new LifecycleThreads();
  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
  private final FakeNode.Type source = FakeNode.source();
  private final FakeNode.Type sink = FakeNode.sink();
  private final Lifecycle lifecycle =
      new Lifecycle(
          "camera1", lifecycleThreads, state -> history.add(new Entered(System.nanoTime(), state)));

  LifecycleModelTest() {
    history.add(new Entered(System.nanoTime(), InstanceState.INACTIVE));
    sink.onCreate = () -> delay().join();
    sink.onStop = deadline -> delay();
    source.onStart =
        () -> {
          if (ThreadLocalRandom.current().nextInt(10) == 0) {
            throw new NodeStartException("one in ten");
          }
        };
  }

  @AfterEach
  void close() {
    callers.shutdown();
    loops.close();
  }

  private CompletableFuture<Void> delay() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    long micros = ThreadLocalRandom.current().nextLong(400);
    loops.next().schedule(Duration.ofNanos(micros * 1000), () -> done.complete(null));
    return done;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomCalls_fromEightThreads_everyAnswerFitsTheStates(long seed) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<List<Answer>>> results = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      Callable<List<Answer>> caller =
          () -> {
            begin.await();
            return calls(random);
          };
      results.add(callers.submit(caller));
    }
    begin.countDown();
    List<Answer> answers = new ArrayList<>();
    for (Future<List<Answer>> result : results) {
      answers.addAll(result.get());
    }
    lifecycle.settled().join();
    checkTransitions();
    answers.forEach(this::check);
    assertThat(answers).hasSize(THREADS * CALLS);
    assertThat(answers).extracting(Answer::outcome).contains("done", "refused", "failed");
  }

  private List<Answer> calls(Random random) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      boolean activate = random.nextBoolean();
      long begin = System.nanoTime();
      CompletableFuture<Void> call =
          activate
              ? lifecycle.activate(this::graph)
              : lifecycle.deactivate(Duration.ofMillis(random.nextInt(2)));
      answers.add(new Answer(activate, begin, 0, outcome(call)));
      Answer last = answers.get(i);
      answers.set(i, new Answer(activate, begin, System.nanoTime(), last.outcome()));
    }
    return answers;
  }

  private static String outcome(CompletableFuture<Void> call) throws InterruptedException {
    try {
      call.get();
      return "done";
    } catch (ExecutionException e) {
      Throwable cause =
          e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause();
      return cause instanceof InstanceStateException ? "refused" : "failed";
    }
  }

  private CompletableFuture<ActiveGraph> graph() {
    var connection = new PlannedNode.Connection("rtspSource", null);
    List<PlannedNode> nodes =
        List.of(
            new PlannedNode("rtspSource", "sources", RtspSource.at("rtsp://c"), List.of()),
            new PlannedNode("assetSink", "sinks", AssetSink.named("a"), List.of(connection)));
    NodeProviders providers = NodeProviders.find(List.of(source, sink));
    MediaLoop loop = loops.next();
    return new GraphStart(
            "camera1",
            nodes,
            providers,
            loop,
            lifecycleThreads,
            new FakeHost(loop),
            new OverdueCalls("camera1"))
        .begin(Duration.ofSeconds(10));
  }

  private void checkTransitions() {
    for (int i = 1; i < history.size(); i++) {
      String step = history.get(i - 1).state().text() + ">" + history.get(i).state().text();
      assertThat(step)
          .isIn(
              "Inactive>Activating",
              "Activating>Active",
              "Activating>Inactive",
              "Active>Deactivating",
              "Deactivating>Inactive");
    }
  }

  private void check(Answer answer) {
    InstanceState needed =
        switch (answer.outcome()) {
          case "done" -> answer.activate() ? InstanceState.ACTIVE : InstanceState.INACTIVE;
          case "refused" ->
              answer.activate() ? InstanceState.DEACTIVATING : InstanceState.ACTIVATING;
          default -> InstanceState.INACTIVE;
        };
    assertThat(held(needed, answer.begin(), answer.end()))
        .as("%s needs %s", answer, needed)
        .isTrue();
  }

  private boolean held(InstanceState state, long begin, long end) {
    for (int i = 0; i < history.size(); i++) {
      long until = i + 1 < history.size() ? history.get(i + 1).nanos() : Long.MAX_VALUE;
      Entered entered = history.get(i);
      if (entered.state() == state && entered.nanos() <= end && until >= begin) {
        return true;
      }
    }
    return false;
  }
}
