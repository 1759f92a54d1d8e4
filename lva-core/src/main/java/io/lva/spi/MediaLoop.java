package io.lva.spi;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The thread on which the media of a session moves: everything between a camera's socket and a
 * sink's queue runs here, to completion and without blocking.
 *
 * <p>Thread-safe.
 */
public interface MediaLoop extends Executor {
  /**
   * Runs a task on the loop, later and in the order of the calls.
   *
   * @param task must not block
   */
  @Override
  void execute(Runnable task);

  /**
   * Runs a task on the loop after a delay.
   *
   * @param delay from now; not negative
   * @param task must not block
   * @return cancels the task when it has not begun
   */
  Timer schedule(Duration delay, Runnable task);

  /**
   * Returns whether the caller is on the loop.
   *
   * @return true within a task of this loop
   */
  boolean inLoop();

  /**
   * Returns the clock that the delays of this loop follow.
   *
   * @return the clock to use for everything that runs here
   */
  Clock clock();

  /** Cancels a scheduled task. */
  @FunctionalInterface
  interface Timer {
    /** Prevents the task from running, if it has not begun; may be called more than once. */
    void cancel();
  }
}
