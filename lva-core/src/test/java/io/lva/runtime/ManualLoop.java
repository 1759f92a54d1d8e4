package io.lva.runtime;

import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop without a thread: tasks run at once in the caller's, timers when time is advanced. */
final class ManualLoop implements MediaLoop, Clock {
  private record Timed(long nanos, long number, Runnable task) {}

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timed::nanos).thenComparing(Timed::number));
  private long nanos;
  private long timerNumber;
  private boolean running;
  private boolean entered;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!running) {
      running = true;
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
      running = false;
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Timed timed = new Timed(nanos + delay.toNanos(), timerNumber++, task);
    timers.add(timed);
    return () -> timers.remove(timed);
  }

  /** Makes the thread of the test the thread of the loop, for good. */
  ManualLoop entered() {
    entered = true;
    return this;
  }

  /** Lets time pass, and with it every timer that is due. */
  void advance(Duration duration) {
    long end = nanos + duration.toNanos();
    for (Timed next = timers.peek(); next != null && next.nanos() <= end; next = timers.peek()) {
      timers.remove(next);
      nanos = Math.max(nanos, next.nanos());
      execute(next.task());
    }
    nanos = end;
  }

  @Override
  public boolean inLoop() {
    return running || entered;
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long utcNanos() {
    return 1_795_000_000_000_000_000L + nanos;
  }
}
