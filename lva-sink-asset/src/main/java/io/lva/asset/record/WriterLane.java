package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one volume. The writer thread sleeps while there is nothing to do and, once woken,
 * waits a moment for more, so that many cameras cost few wake-ups.
 *
 * <p>Thread-safe.
 */
final class WriterLane implements Lane, AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(WriterLane.class.getName());
  private static final Duration GATHERING = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SCRATCH_BYTES = 128 << 10;
  private static final int SYNC_THREADS = 2;
  private static final long KEPT_SECONDS = 30;

  private final Clock clock;
  private final Thread writer;
  private final ThreadPoolExecutor syncs;
  private final ScheduledThreadPoolExecutor housekeeping;
  private final ThreadPoolExecutor background;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final Queue<Task> ready = new ConcurrentLinkedQueue<>();

  @GuardedBy("timed")
  private final PriorityQueue<Timed> timed = new PriorityQueue<>();

  private final AtomicBoolean asleep = new AtomicBoolean();
  private final AtomicLong sleeps = new AtomicLong();
  private volatile boolean closed;

  private record Timed(long atNanos, Runnable work) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      return Long.signum(atNanos - other.atNanos);
    }
  }

  /** Starts the threads of a volume. */
  WriterLane(String volume, Clock clock) {
    this.clock = clock;
    syncs = pool(SYNC_THREADS, daemons("lva-sync " + volume));
    background = pool(1, daemons("lva-check " + volume));
    housekeeping = new ScheduledThreadPoolExecutor(1, daemons("lva-tidy " + volume));
    housekeeping.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    housekeeping.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    housekeeping.setKeepAliveTime(KEPT_SECONDS, TimeUnit.SECONDS);
    housekeeping.allowCoreThreadTimeOut(true);
    writer = daemons("lva-write " + volume).newThread(this::work);
    writer.start();
  }

  private static ThreadPoolExecutor pool(int threads, ThreadFactory factory) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, KEPT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void ready(Task task) {
    if (task.enlist()) {
      ready.add(task);
      wake();
    }
  }

  @Override
  public void later(Duration delay, Runnable work) {
    synchronized (timed) {
      timed.add(new Timed(System.nanoTime() + delay.toNanos(), work));
    }
    LockSupport.unpark(writer);
  }

  @Override
  public void sync(Runnable work) {
    syncs.execute(guarded(work));
  }

  @Override
  public void tidy(Runnable work) {
    housekeeping.execute(guarded(work));
  }

  @Override
  public void tidyLater(Duration delay, Runnable work) {
    ScheduledFuture<?> unused =
        housekeeping.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void background(Runnable work) {
    background.execute(guarded(work));
  }

  @Override
  public ByteBuffer scratch() {
    return scratch;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** Returns how often the writer thread has gone to sleep. */
  long sleeps() {
    return sleeps.get();
  }

  /**
   * Ends the threads when nothing is left to do, or after a few seconds. Does not wait for work
   * delayed by {@link #later}.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean idle = awaitIdle(end);
    closed = true;
    LockSupport.unpark(writer);
    syncs.shutdown();
    housekeeping.shutdown();
    background.shutdown();
    try {
      writer.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!idle || writer.isAlive()) {
      LOGGER.log(System.Logger.Level.WARNING, writer.getName() + ": ends with work left");
    }
  }

  private boolean awaitIdle(long end) {
    while (!isIdle() && System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(GATHERING.toNanos());
    }
    return isIdle();
  }

  private boolean isIdle() {
    return ready.isEmpty()
        && asleep.get()
        && isIdle(syncs)
        && isIdle(housekeeping)
        && isIdle(background);
  }

  private static boolean isIdle(ThreadPoolExecutor pool) {
    return pool.getQueue().isEmpty() && pool.getActiveCount() == 0;
  }

  private void wake() {
    if (asleep.getAndSet(false)) {
      LockSupport.unpark(writer);
    }
  }

  private void work() {
    while (!closed || !ready.isEmpty()) {
      long waitNanos = runDue();
      Task task = ready.poll();
      if (task != null) {
        task.delist();
        guarded(task::run).run();
      } else if (!closed) {
        sleep(waitNanos);
      }
    }
  }

  /** Runs what is due, and returns the nanoseconds until something else is due. */
  private long runDue() {
    while (true) {
      Timed next;
      synchronized (timed) {
        next = timed.peek();
        if (next == null) {
          return Long.MAX_VALUE;
        }
        long waitNanos = next.atNanos - System.nanoTime();
        if (waitNanos > 0) {
          return waitNanos;
        }
        timed.remove();
      }
      guarded(next.work).run();
    }
  }

  private void sleep(long waitNanos) {
    sleeps.incrementAndGet();
    asleep.set(true);
    if (ready.isEmpty()) {
      LockSupport.parkNanos(this, waitNanos);
    }
    if (!asleep.getAndSet(false) && !closed) {
      LockSupport.parkNanos(this, GATHERING.toNanos());
    }
  }

  /** Wraps work so that a fault in one sink does not end the thread that all sinks share. */
  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOGGER.log(System.Logger.Level.ERROR, "a task of a writer lane failed", e);
      }
    };
  }
}
