package io.lva.runtime;

import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The threads on which the nodes of an instance are made, started and stopped, separate from the
 * media loops.
 *
 * <p>Thread-safe.
 */
interface LifecycleExecutor extends Executor {
  /** Runs a task at once, even while other tasks are blocked. */
  @Override
  void execute(Runnable task);

  /**
   * Runs a short task after a delay.
   *
   * @return a handle that cancels the task if it has not begun
   */
  MediaLoop.Timer schedule(Duration delay, Runnable task);

  /** Returns the time by which delays are measured, in nanoseconds since an arbitrary instant. */
  long nanoTime();
}
