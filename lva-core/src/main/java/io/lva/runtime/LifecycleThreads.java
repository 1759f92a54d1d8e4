package io.lva.runtime;

import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which nodes are made, started and stopped. A node may wait there for a disk or a
 * network; one that never returns blocks only its own thread. The number of threads is bounded by
 * the numbers of instances and nodes: each instance has one transition at a time, and is not
 * activated again while {@link OverdueCalls#MAXIMUM} or more calls into its nodes are overdue. Idle
 * threads end, so there is nothing to close.
 *
 * <p>Thread-safe.
 */
final class LifecycleThreads implements LifecycleExecutor {
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> new Marked(task, "lva-lifecycle"));
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> new Marked(task, "lva-lifecycle-timer"));

  LifecycleThreads() {
    timers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timers.allowCoreThreadTimeOut(true);
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @Override
  public MediaLoop.Timer schedule(Duration delay, Runnable task) {
    var future = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /** A thread on which nobody may wait for the end of a transition. */
  static final class Marked extends Thread {
    Marked(Runnable task, String name) {
      super(task, name);
      setDaemon(true);
    }
  }
}
