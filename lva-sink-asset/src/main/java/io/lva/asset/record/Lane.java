package io.lva.asset.record;

import io.lva.spi.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads of a volume. One writes, others make files durable and tidy up, so that no thread
 * waits for another.
 *
 * <p>Thread-safe.
 */
interface Lane {
  /** Work of one sink on the writer thread. */
  abstract class Task {
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** Does a bounded amount of the work that can be done now. */
    abstract void run();

    /**
     * Marks the task as waiting to be run; returns false when it was already waiting. Thread-safe.
     */
    final boolean enlist() {
      return !waiting.getAndSet(true);
    }

    /** Marks the task as about to run; work that arrives from now on needs another run. */
    final void delist() {
      waiting.set(false);
    }
  }

  /** Runs a task soon on the writer thread; a task that is already waiting still runs only once. */
  void ready(Task task);

  /** Runs work on the writer thread after a while. */
  void later(Duration delay, Runnable work);

  /** Runs work on a sync thread. */
  void sync(Runnable work);

  /** Runs work on the housekeeping thread, in the order of the calls. */
  void tidy(Runnable work);

  /** Runs work on the housekeeping thread after a while. */
  void tidyLater(Duration delay, Runnable work);

  /** Runs long work that nothing else waits for. */
  void background(Runnable work);

  /**
   * Returns memory for the headers of parts.
   *
   * <p>Confined to the writer thread and to one run of a task.
   */
  ByteBuffer scratch();

  /** Returns the clock that all delays follow. */
  Clock clock();
}
