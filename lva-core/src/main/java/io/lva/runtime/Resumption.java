package io.lva.runtime;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps trying to activate the instances that were active before the process ended, because a disk
 * may be mounted after this process starts. Thread-safe.
 */
final class Resumption implements AutoCloseable {
  private static final int PAUSE_SECONDS = 10;

  private final Runnable resume;
  private final ScheduledThreadPoolExecutor timer;

  Resumption(Runnable resume) {
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
    timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Begins all activations before it returns, and tries again every 10 s. */
  void begin() {
    resume.run();
    var unused =
        timer.scheduleWithFixedDelay(resume, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
