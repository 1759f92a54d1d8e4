package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.iot.testkit.EdgeHubEmulator;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that break again and again leave nothing behind. {@code -Dlva.reconnects=10000
 * -Dlva.modules=8} breaks as many as a bad line does in years; a connection takes Microsoft's
 * client a third of a second, so several modules in this process share the work. The figures are in
 * the log.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ReconnectsTest {
  private static final int RECONNECTS = Integer.getInteger("lva.reconnects", 20);
  private static final int MODULES = Integer.getInteger("lva.modules", 1);
  private static final System.Logger LOGGER = System.getLogger(ReconnectsTest.class.getName());
  private static final long MIB = 1 << 20;

  @TempDir private Path folder;

  /** What this process holds; descriptors are counted on Linux. */
  private record Held(long heapBytes, int threads, int descriptors) {
    static Held now() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      String[] descriptors = new File("/proc/self/fd").list();
      return new Held(
          runtime.totalMemory() - runtime.freeMemory(),
          Thread.getAllStackTraces().size(),
          descriptors == null ? 0 : descriptors.length);
    }
  }

  @Test
  void connection_brokenManyTimes_nothingGrows() throws Exception {
    List<EdgeRig> rigs = new ArrayList<>();
    try {
      for (int i = 0; i < MODULES; i++) {
        EdgeRig rig = new EdgeRig(folder.resolve("module" + i), EdgeRig.Client.EAGER);
        rigs.add(rig);
        rig.activate();
      }
      breakConnections(rigs, Math.max(20, RECONNECTS / MODULES / 10));
      Held before = Held.now();
      breakConnections(rigs, RECONNECTS / MODULES);
      Held after = Held.now();
      LOGGER.log(
          System.Logger.Level.INFO, "{0} reconnects: {1} became {2}", RECONNECTS, before, after);
      assertThat(after.heapBytes()).isLessThan(before.heapBytes() + 4 * MIB);
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 5);
      assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 5);
      for (EdgeRig rig : rigs) {
        rig.assertAllArrive();
      }
    } finally {
      rigs.forEach(EdgeRig::close);
    }
  }

  private static void breakConnections(List<EdgeRig> rigs, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(rigs.size());
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (EdgeRig rig : rigs) {
        tasks.add(() -> breakConnections(rig, count));
      }
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Each time a method is answered afterwards; now and then session or client is lost, too. */
  private static boolean breakConnections(EdgeRig rig, int count) throws Exception {
    EdgeHubEmulator hub = rig.hub();
    for (int i = 1; i <= count; i++) {
      int before = hub.connections();
      if (i % 20 == 0) {
        hub.stop(/* forget= */ true);
        rig.publishNext(1);
        hub.resume();
      } else if (i % 20 == 10) {
        hub.faults().acceptThenClose(true);
        hub.kick();
        rig.awaitRefusals(1);
        hub.faults().acceptThenClose(false);
      } else {
        hub.kick();
      }
      rig.await(() -> hub.connections() > before);
      rig.assertAnswers();
    }
    return true;
  }
}
