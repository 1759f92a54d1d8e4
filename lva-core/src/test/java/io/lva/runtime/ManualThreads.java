package io.lva.runtime;

import io.lva.spi.MediaLoop;
import java.time.Duration;

/** Lifecycle tasks run at once in the thread of the caller, timers when the loop is advanced. */
record ManualThreads(ManualLoop loop) implements LifecycleExecutor {
  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public MediaLoop.Timer schedule(Duration delay, Runnable task) {
    return loop.schedule(delay, task);
  }

  @Override
  public long nanoTime() {
    return loop.nanoTime();
  }
}
