package io.lva.runtime;

import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A media loop on one plain thread, for processes without network nodes. Thread-safe. */
final class ExecutorLoop implements MediaLoop {
  private static final System.Logger LOGGER = System.getLogger(ExecutorLoop.class.getName());

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  ExecutorLoop(int number) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "lva-loop-" + number);
              created.setDaemon(true);
              thread = created;
              return created;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(logged(task));
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    var future = executor.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public Clock clock() {
    return Clock.system();
  }

  void close() {
    executor.shutdownNow();
  }

  /** A scheduled executor keeps the failure of a task to itself; here it is logged. */
  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOGGER.log(System.Logger.Level.ERROR, "A task of a media loop failed", e);
      }
    };
  }
}
