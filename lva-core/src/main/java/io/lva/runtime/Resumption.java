package io.lva.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Activates what was active before the process ended, and tries again what could not be, because
 * its disk may be mounted later than this process starts. Thread-safe.
 */
final class Resumption implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Resumption.class.getName());
  private static final int PAUSE_SECONDS = 10;

  private final Supplier<List<CompletableFuture<Void>>> resume;
  private final ScheduledThreadPoolExecutor timer;

  Resumption(Supplier<List<CompletableFuture<Void>>> resume) {
    this.resume = resume;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "lva-resumption");
              thread.setDaemon(true);
              return thread;
            });
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins all activations before it returns. */
  void begin() {
    watch(resume.get());
    var unused =
        timer.scheduleWithFixedDelay(
            () -> watch(resume.get()), PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdown();
  }

  private static void watch(List<CompletableFuture<Void>> activations) {
    for (CompletableFuture<Void> activation : activations) {
      var unused =
          activation.exceptionally(
              failure -> {
                LOGGER.log(
                    System.Logger.Level.WARNING,
                    "An instance that was active could not be activated again; the next attempt"
                        + " follows in {0} seconds: {1}",
                    PAUSE_SECONDS,
                    failure.getMessage());
                return null;
              });
    }
  }
}
