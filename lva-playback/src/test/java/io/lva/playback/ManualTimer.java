package io.lva.playback;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks at once, in the calling thread, and what is scheduled for later when a test says so.
 */
final class ManualTimer extends ScheduledThreadPoolExecutor {
  private static final Duration NEVER = Duration.ofDays(365);

  ManualTimer() {
    super(1);
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  /** Nothing is due by itself, however long a test takes; the order is that of the delays. */
  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return super.schedule(task, NEVER.toMillis() + unit.toMillis(delay), TimeUnit.MILLISECONDS);
  }

  /** Lets the time of everything that waits run out. */
  void expireAll() {
    for (Runnable task : List.copyOf(getQueue())) {
      getQueue().remove(task);
      if (task instanceof java.util.concurrent.FutureTask<?> future) {
        future.run();
      }
    }
  }

  /** Lets the time of what waits the least time run out. */
  void expireShortest() {
    Runnable task = getQueue().element();
    getQueue().remove(task);
    if (task instanceof java.util.concurrent.FutureTask<?> future) {
      future.run();
    }
  }

  int scheduled() {
    return getQueue().size();
  }
}
