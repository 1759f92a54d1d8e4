package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.iot.MethodHistory.Call;
import io.lva.iot.MethodHistory.State;
import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Overlapping calls from eight threads: their answers are those of some order of them.
 *
 * <p>{@code -Dlva.history.rounds=3000} for more of them.
 */
class MethodHistoryTest {
  private static final int THREADS = 8;
  private static final int CALLS = 2;
  private static final int ROUNDS = Integer.getInteger("lva.history.rounds", 100);
  private static final String[] INSTANCES = {"camera0", "camera1"};
  private static final String[] METHODS = {
    "GraphTopologySet",
    "GraphTopologyDelete",
    "GraphInstanceSet",
    "GraphInstanceSet",
    "GraphInstanceDelete",
    "GraphInstanceGet",
    "GraphInstanceActivate",
    "GraphInstanceActivate",
    "GraphInstanceActivate",
    "GraphInstanceDeactivate",
    "GraphInstanceDeactivate",
  };

  @TempDir Path directory;
  private final FakeNodes nodes = new FakeNodes();
  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void close() {
    callers.shutdown();
  }

  @Test
  void calls_fromEightThreads_answersOfSomeOrderAndWishesKept() throws Exception {
    nodes.create = () -> pause().join();
    nodes.drain = MethodHistoryTest::pause;
    try (MediaRuntime runtime =
            MediaRuntime.builder()
                .nodes(nodes.source(), nodes.sink())
                .applicationDataDirectory(directory)
                .closeDeadline(Duration.ofSeconds(1))
                .start();
        GraphEngine engine = GraphEngine.open(runtime)) {
      DirectMethods methods = new DirectMethods(engine);
      for (int round = 0; round < ROUNDS; round++) {
        boolean topology = hasTopology(methods);
        State[] first = states(methods);
        List<Call> calls = round(methods, round);
        assertThat(
                MethodHistory.isPossible(
                    calls, topology, first, hasTopology(methods), states(methods)))
            .as("round %d from %s %s: %s", round, topology, List.of(first), calls)
            .isTrue();
        assertWishesKept(methods, round);
      }
    }
  }

  @Test
  void isPossible_answerThatNoOrderGives_false() {
    State[] active = {State.ACTIVE, State.ABSENT};
    State[] inactive = {State.INACTIVE, State.ABSENT};
    Call activate = new Call("GraphInstanceActivate", 0, 0, 10, 200, State.ABSENT);
    Call delete = new Call("GraphInstanceDelete", 0, 5, 8, 409, State.ABSENT);
    Call deleteAfter = new Call("GraphInstanceDelete", 0, 11, 12, 200, State.ABSENT);
    assertThat(MethodHistory.isPossible(List.of(activate, delete), true, inactive, true, active))
        .isTrue();
    assertThat(
            MethodHistory.isPossible(
                List.of(activate, deleteAfter),
                true,
                inactive,
                true,
                new State[] {State.ABSENT, State.ABSENT}))
        .isFalse();
    assertThat(MethodHistory.isPossible(List.of(activate), true, inactive, true, inactive))
        .isFalse();
  }

  private List<Call> round(DirectMethods methods, int round) throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Future<List<Call>>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(round * 100L + thread);
      Callable<List<Call>> caller =
          () -> {
            together.await();
            List<Call> own = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
              own.add(call(methods, random));
            }
            return own;
          };
      running.add(callers.submit(caller));
    }
    List<Call> calls = new ArrayList<>();
    for (Future<List<Call>> one : running) {
      calls.addAll(one.get());
    }
    return calls;
  }

  private static Call call(DirectMethods methods, Random random) {
    String method = METHODS[random.nextInt(METHODS.length)];
    int instance = random.nextInt(INSTANCES.length);
    String payload =
        switch (method) {
          case "GraphTopologySet" -> Requests.topology("CVR");
          case "GraphTopologyDelete" -> Requests.named("CVR");
          case "GraphInstanceSet" -> Requests.instance(INSTANCES[instance], "CVR");
          default -> Requests.named(INSTANCES[instance]);
        };
    long begin = System.nanoTime();
    Answer answer = methods.invoke(method, payload);
    long end = System.nanoTime();
    return new Call(method, instance, begin, end, answer.status(), state(answer));
  }

  private static boolean hasTopology(DirectMethods methods) {
    return methods.invoke("GraphTopologyGet", Requests.named("CVR")).status() == 200;
  }

  private static State[] states(DirectMethods methods) {
    State[] states = new State[INSTANCES.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = state(methods.invoke("GraphInstanceGet", Requests.named(INSTANCES[i])));
    }
    return states;
  }

  private static State state(Answer answer) {
    String text = Requests.json(answer).at("/properties/state").asText();
    return text.isEmpty() ? State.ABSENT : State.valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** What is active now would be so after a restart, and nothing else. */
  private void assertWishesKept(DirectMethods methods, int round) throws IOException {
    State[] states = states(methods);
    for (int i = 0; i < states.length; i++) {
      Path file = directory.resolve("instances").resolve(INSTANCES[i] + ".json");
      String wish = "none";
      if (Files.exists(file)) {
        JsonNode kept = new ObjectMapper().readTree(Files.readString(file));
        wish = kept.path("desiredState").asText();
      }
      String expected =
          states[i] == State.ABSENT ? "none" : states[i] == State.ACTIVE ? "Active" : "Inactive";
      assertThat(wish).as("round %d, %s is %s", round, INSTANCES[i], states[i]).isEqualTo(expected);
    }
  }

  private static CompletableFuture<Void> pause() {
    long micros = ThreadLocalRandom.current().nextLong(800);
    return new CompletableFuture<Void>().completeOnTimeout(null, micros, TimeUnit.MICROSECONDS);
  }
}
