package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.WorkerPool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a bounded number of threads. A task that is still running at its deadline is
 * interrupted and gives up its place, so that a few tasks that never end cannot block the pool.
 *
 * <p>Thread-safe.
 */
final class Workers implements WorkerPool, AutoCloseable {
  static final int MAXIMUM_WAITING = 256;
  static final int MAXIMUM_OVERDUE = 32;
  private static final int IDLE_SECONDS = 10;

  private final int size;
  private final Metrics.Counter rejected;
  private final Metrics.Registration waitingGauge;
  private final ThreadPoolExecutor threads;

  @GuardedBy("this")
  private final Deque<Job<?>> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private int running;

  @GuardedBy("this")
  private int overdue;

  @GuardedBy("this")
  private boolean closed;

  /**
   * Creates a pool without threads; they come with the tasks and go when idle.
   *
   * @param size number of tasks that run at a time, at least 1
   */
  Workers(int size, Metrics metrics) {
    this.size = size;
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // bounded by the places that this class gives
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Workers::thread);
    rejected = metrics.counter(MetricNames.WORKER_REJECTED);
    waitingGauge = metrics.gauge(MetricNames.WORKER_WAITING, this::waitingTasks);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "lva-worker");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public <T> CompletionStage<T> submit(Callable<T> task, Duration deadline) {
    Job<T> job = new Job<>(task);
    @Nullable String refusal = admit(job);
    if (refusal != null) {
      rejected.add(1);
      return CompletableFuture.failedStage(new RejectedExecutionException(refusal));
    }
    return job.result
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((value, failure) -> expired(job)); // before the caller sees the result
  }

  /**
   * Ends the threads: tasks that wait complete exceptionally, and tasks that run are interrupted.
   */
  @Override
  public void close() {
    Deque<Job<?>> dropped;
    synchronized (this) {
      closed = true;
      dropped = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    var failure = new RejectedExecutionException("the worker pool is closed");
    dropped.forEach(job -> job.result.completeExceptionally(failure));
    threads.shutdownNow();
    waitingGauge.close();
  }

  private synchronized double waitingTasks() {
    return waiting.size();
  }

  /** Starts or queues the job and returns null, or returns why it did neither. */
  private synchronized @Nullable String admit(Job<?> job) {
    if (closed) {
      return "the worker pool is closed";
    }
    if (overdue >= MAXIMUM_OVERDUE) {
      return overdue + " tasks are past their deadline and do not end";
    }
    if (running < size) {
      start(job);
      return null;
    }
    waiting.removeIf(waits -> waits.result.isDone());
    if (waiting.size() >= MAXIMUM_WAITING) {
      return waiting.size() + " tasks wait for " + size + " threads";
    }
    waiting.addLast(job);
    return null;
  }

  @GuardedBy("this")
  private void start(Job<?> job) {
    running++;
    job.place = Place.RUNNING;
    threads.execute(() -> run(job));
  }

  private <T> void run(Job<T> job) {
    job.run();
    ended(job);
  }

  private synchronized void expired(Job<?> job) {
    if (job.place == Place.RUNNING && job.interrupt()) {
      job.place = Place.OVERDUE;
      overdue++;
      running--;
      startNext();
    }
  }

  private synchronized void ended(Job<?> job) {
    if (job.place == Place.OVERDUE) {
      overdue--;
    } else {
      running--;
    }
    job.place = Place.NONE;
    startNext();
  }

  @GuardedBy("this")
  private void startNext() {
    while (running < size && overdue < MAXIMUM_OVERDUE && !closed) {
      Job<?> next = waiting.pollFirst();
      if (next == null) {
        return;
      }
      if (!next.result.isDone()) {
        start(next);
      }
    }
  }

  private enum Place {
    NONE,
    RUNNING,
    OVERDUE
  }

  /** One task. Its place is guarded by the pool's monitor, its thread by the job's own. */
  private static final class Job<T> {
    private final Callable<T> task;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private Place place = Place.NONE;

    @GuardedBy("this")
    private @Nullable Thread thread;

    Job(Callable<T> task) {
      this.task = task;
    }

    void run() {
      if (!begin()) {
        return;
      }
      try {
        T value = task.call();
        end();
        result.complete(value);
      } catch (Exception | Error e) { // whatever it is, it belongs to the caller
        end();
        result.completeExceptionally(e);
      }
    }

    private synchronized boolean begin() {
      if (result.isDone()) {
        return false;
      }
      thread = Thread.currentThread();
      return true;
    }

    /** Ends the task; an interrupt that comes late must not hit the next task of the thread. */
    private synchronized void end() {
      thread = null;
      Thread.interrupted();
    }

    /** Interrupts the task; returns whether it was still running. */
    synchronized boolean interrupt() {
      if (thread == null) {
        return false;
      }
      thread.interrupt();
      return true;
    }
  }
}
