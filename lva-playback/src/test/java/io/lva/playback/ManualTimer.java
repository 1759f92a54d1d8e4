package io.lva.playback;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Runs tasks at once, in the calling thread, and what is scheduled for later when a test says so.
 */
final class ManualTimer extends ScheduledThreadPoolExecutor {
  ManualTimer() {
    super(1);
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    task.run();
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
