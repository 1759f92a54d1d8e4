package io.lva.spi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

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
   * @throws java.util.concurrent.RejectedExecutionException when the loop has ended
   */
  @Override
  void execute(Runnable task);

  /**
   * Runs a task on the loop after a delay.
   *
   * @param delay from now; not negative
   * @param task must not block
   * @return a handle that cancels the task if it has not begun
   * @throws java.util.concurrent.RejectedExecutionException when the loop has ended
   */
  Timer schedule(Duration delay, Runnable task);

  /**
   * Returns whether the caller is on the loop.
   *
   * @return true within a task of this loop
   */
  boolean inLoop();

  /**
   * Runs a task on the loop and passes its result on. A node uses this to stop what belongs to the
   * loop.
   *
   * @param <T> type of the result
   * @param task must not block
   * @return a stage that completes as the stage of the task does, or exceptionally when the task
   *     throws
   * @throws java.util.concurrent.RejectedExecutionException when the loop has ended
   */
  default <T> CompletionStage<T> call(Supplier<CompletionStage<T>> task) {
    return CompletableFuture.supplyAsync(task, this).thenCompose(stage -> stage);
  }

  /** Asserts that the caller is on the loop, where assertions are enabled. */
  default void assertInLoop() {
    assert inLoop() : "called on " + Thread.currentThread() + ", which is not the media loop";
  }

  /**
   * Returns the clock that the delays of this loop follow.
   *
   * @return the clock to use for everything that runs here
   */
  Clock clock();

  /** A handle that cancels a scheduled task. */
  @FunctionalInterface
  interface Timer {
    /** Prevents the task from running, if it has not begun; may be called more than once. */
    void cancel();
  }
}
