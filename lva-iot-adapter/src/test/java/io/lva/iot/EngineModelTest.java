package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.runtime.GraphEngine;
import io.lva.runtime.InstanceState;
import io.lva.runtime.MediaRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineModelTest {
  private static final int THREADS = 8;
  private static final int CALLS = 300;
  private static final Map<String, Set<Integer>> POSSIBLE =
      Map.of(
          "GraphTopologySet", Set.of(200, 201, 409),
          "GraphTopologyDelete", Set.of(200, 204, 409),
          "GraphTopologyGet", Set.of(200, 404),
          "GraphInstanceGet", Set.of(200, 404),
          "GraphInstanceSet", Set.of(200, 201, 400, 409),
          "GraphInstanceDelete", Set.of(200, 204, 409),
          "GraphInstanceActivate", Set.of(200, 404, 409),
          "GraphInstanceDeactivate", Set.of(200, 404, 409));

  @TempDir Path directory;
  private final FakeNodes nodes = new FakeNodes();
  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
  private MediaRuntime runtime;
  private GraphEngine engine;
  private DirectMethods methods;

  private record Answered(EngineModel.Call call, int status) {}

  @BeforeEach
  void open() {
    runtime =
        MediaRuntime.builder()
            .nodes(nodes.source(), nodes.sink())
            .applicationDataDirectory(directory)
            .closeDeadline(Duration.ofSeconds(1))
            .start();
    engine = GraphEngine.open(runtime);
    methods = new DirectMethods(engine);
  }

  @AfterEach
  void close() {
    callers.shutdown();
    engine.close();
    runtime.close();
  }

  @Test
  void randomCalls_oneAfterTheOther_statusesAndStateOfTheModelAlsoAfterRestart() {
    Random random = new Random(1);
    EngineModel model = new EngineModel();
    for (int i = 0; i < 600; i++) {
      EngineModel.Call call = EngineModel.Call.random(random, i);
      Answer answer = methods.invoke(call.method(), call.payload());
      assertThat(answer.status()).as("%s: %s", call, answer).isEqualTo(model.apply(call));
      if (i % 100 == 99) {
        close();
        open();
        joinResumed();
      }
      if (i % 20 == 0 || i % 100 == 99) {
        assertThat(EngineModel.snapshot(methods)).isEqualTo(model.snapshot());
      }
    }
  }

  @Test
  void randomCalls_fromEightThreads_onlyPossibleStatusesAndCreationsBalance() throws Exception {
    nodes.create = () -> pause().join();
    nodes.drain = EngineModelTest::pause;
    List<Future<List<Answered>>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(thread);
      Callable<List<Answered>> caller = () -> calls(random);
      running.add(callers.submit(caller));
    }
    List<Answered> all = new ArrayList<>();
    for (Future<List<Answered>> one : running) {
      all.addAll(one.get());
    }
    for (Answered answered : all) {
      assertThat(POSSIBLE.get(answered.call().method()))
          .as("%s", answered)
          .contains(answered.status());
    }
    String snapshot = EngineModel.snapshot(methods);
    for (String name : List.of("Topology0", "Topology1", "camera0", "camera1", "camera2")) {
      boolean exists = snapshot.lines().anyMatch(line -> line.split(" ", -1)[0].equals(name));
      assertThat(balance(all, name)).as(name).isEqualTo(exists ? 1 : 0);
    }
    close();
    open();
    assertThat(EngineModel.snapshot(methods)).isEqualTo(snapshot);
  }

  /** Waits for what a start of the engine is still activating: until then a deactivation is 409. */
  private void joinResumed() {
    engine.instances().stream()
        .filter(instance -> instance.state() == InstanceState.ACTIVATING)
        .forEach(instance -> engine.activate(instance.definition().name()));
  }

  private List<Answered> calls(Random random) {
    List<Answered> answers = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      EngineModel.Call call = EngineModel.Call.random(random, i);
      answers.add(new Answered(call, methods.invoke(call.method(), call.payload()).status()));
    }
    return answers;
  }

  /** How often something was created, less how often it was deleted. */
  private static long balance(List<Answered> answers, String name) {
    List<Answered> own = answers.stream().filter(a -> a.call().name().equals(name)).toList();
    long created = own.stream().filter(a -> a.status() == 201).count();
    long deleted =
        own.stream().filter(a -> a.call().method().endsWith("Delete") && a.status() == 200).count();
    return created - deleted;
  }

  private static CompletableFuture<Void> pause() {
    long micros = ThreadLocalRandom.current().nextLong(500);
    return new CompletableFuture<Void>().completeOnTimeout(null, micros, TimeUnit.MICROSECONDS);
  }
}
