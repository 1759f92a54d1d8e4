package io.lva.extension;

import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop whose time a test lets pass. Not thread-safe, but for {@link #execute}. */
final class FakeLoop implements MediaLoop, Clock {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Task> timers =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
  private long now;
  private long order;

  private record Task(long due, long order, Runnable run) {}

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.addLast(task);
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Task added = new Task(now + delay.toNanos(), order++, task);
    timers.add(added);
    return () -> timers.remove(added);
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public long utcNanos() {
    return now;
  }

  /** Runs what was handed over. */
  public void runTasks() {
    while (true) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.pollFirst();
      }
      if (task == null) {
        return;
      }
      task.run();
    }
  }

  /** Lets time pass, and runs what becomes due. */
  public void advanceTo(long nanos) {
    runTasks();
    while (!timers.isEmpty() && timers.peek().due() <= nanos) {
      Task task = timers.remove();
      now = task.due();
      task.run().run();
      runTasks();
    }
    now = nanos;
  }

  /** Lets milliseconds pass. */
  void advance(long millis) {
    advanceTo(now + millis * 1_000_000L);
  }
}
