package io.lva.asset.upload;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads of a test: work is done when it says so, and one delayed task waits at a time. */
final class ManualThreads extends AbstractExecutorService implements ScheduledExecutorService {
  private final Deque<Runnable> work = new ArrayDeque<>();
  private @Nullable Later later;
  private boolean shutdown;

  private static final class Later extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Duration delay;

    Later(Runnable task, Duration delay) {
      super(task, null);
      this.delay = delay;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(delay);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  /** Does what is due. */
  void runAll() {
    while (!work.isEmpty()) {
      work.poll().run();
    }
  }

  /** Lets time pass until the delayed task is due and does it; returns how long that was. */
  Duration passToNext() {
    Later due = Objects.requireNonNull(later, "nothing is delayed");
    later = null;
    due.run();
    runAll();
    return due.delay;
  }

  boolean isIdle() {
    return work.isEmpty() && (later == null || later.isDone());
  }

  @Override
  public void execute(Runnable task) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    work.add(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    later = new Later(task, Duration.of(delay, unit.toChronoUnit()));
    return later;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.copyOf(work);
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && work.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
