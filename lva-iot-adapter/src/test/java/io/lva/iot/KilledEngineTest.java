package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with an engine in it, and looks at what the next one finds.
 *
 * <p>{@code -Dlva.engine.kills=200} for more of them.
 */
class KilledEngineTest {
  private static final int RUNS = Integer.getInteger("lva.engine.kills", 20);
  private static final int AT_ONCE = 2;

  @TempDir Path directory;
  private final ExecutorService killers = Executors.newFixedThreadPool(AT_ONCE);

  @AfterEach
  void close() {
    killers.shutdownNow();
  }

  @Test
  void open_afterKill_lastAcknowledgedStateOrTheOneAfterIt() throws Exception {
    Random random = new Random(7);
    List<Future<Integer>> running = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      int run = i;
      int calls = 1 + random.nextInt(120);
      int microseconds = random.nextInt(4000);
      Callable<Integer> kill = () -> killAndCheck(run, calls, microseconds);
      running.add(killers.submit(kill));
    }
    int acknowledged = 0;
    for (Future<Integer> one : running) {
      acknowledged += one.get();
    }
    assertThat(acknowledged).isGreaterThan(RUNS);
  }

  private int killAndCheck(int run, int calls, int microseconds)
      throws IOException, InterruptedException {
    Path data = directory.resolve("run" + run);
    List<Integer> statuses = runAndKill(data, run, calls, microseconds);
    check(data, run, statuses);
    return statuses.size();
  }

  /** Returns the statuses that the process acknowledged before it died. */
  private static List<Integer> runAndKill(Path data, long seed, int calls, int microseconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                KilledEngine.class.getName(),
                data.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Integer> statuses = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      while (line != null && statuses.size() < calls) {
        statuses.add(Integer.valueOf(line));
        line = statuses.size() < calls ? lines.readLine() : null;
      }
      long end = System.nanoTime() + microseconds * 1000L;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      // Not of the process itself, which would close what it has acknowledged.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      process.waitFor();
      for (line = lines.readLine(); line != null; line = lines.readLine()) {
        statuses.add(Integer.valueOf(line));
      }
    }
    return statuses;
  }

  private static String classPath() {
    return String.join(
        File.pathSeparator,
        Stream.of(
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""))
            .filter(path -> !path.isEmpty())
            .toList());
  }

  private static void check(Path data, long seed, List<Integer> statuses) {
    assertThat(statuses).as("the process has started").isNotEmpty();
    EngineModel model = new EngineModel();
    Random random = new Random(seed);
    for (int i = 0; i < statuses.size(); i++) {
      assertThat(model.apply(EngineModel.Call.random(random, i))).isEqualTo(statuses.get(i));
    }
    String acknowledged = model.snapshot();
    model.apply(EngineModel.Call.random(random, statuses.size()));
    FakeNodes nodes = new FakeNodes();
    try (MediaRuntime runtime =
            MediaRuntime.builder()
                .nodes(nodes.source(), nodes.sink())
                .applicationDataDirectory(data)
                .start();
        GraphEngine engine = GraphEngine.open(runtime)) {
      assertThat(EngineModel.snapshot(new DirectMethods(engine)))
          .isIn(acknowledged, model.snapshot());
    }
  }
}
