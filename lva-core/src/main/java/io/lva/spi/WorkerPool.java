package io.lva.spi;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * The threads of a process for work that takes too long for a media loop, such as decoding a
 * picture. Their number is limited, and so is the number of tasks that wait for them.
 *
 * <p>A node takes the result back to its loop:
 *
 * <pre>{@code
 * context.workers()
 *     .submit(() -> decode(picture), Duration.ofSeconds(2))
 *     .whenCompleteAsync(this::decoded, context.loop());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public interface WorkerPool {
  /**
   * Runs a task on one of the threads. Never blocks.
   *
   * @param <T> type of the result
   * @param task may block; its thread is interrupted at the deadline
   * @param deadline counted from now, including the wait for a thread; positive
   * @return a stage that completes with the result of the task, or exceptionally: with what it
   *     threw, with a {@link java.util.concurrent.TimeoutException} at the deadline, or with a
   *     {@link java.util.concurrent.RejectedExecutionException}, at once when the pool is full or
   *     closed, or later when the pool closes before the task begins. A task that has not begun by
   *     its deadline does not run.
   */
  <T> CompletionStage<T> submit(Callable<T> task, Duration deadline);
}
