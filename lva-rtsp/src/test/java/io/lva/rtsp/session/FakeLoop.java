package io.lva.rtsp.session;

import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A media loop whose time tests move. */
public final class FakeLoop implements MediaLoop {
  private final FakeClock clock = new FakeClock();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparing(Task::number));
  private long number;
  private boolean inLoop = true;

  private record Task(long dueNanos, long number, Runnable action) {}

  @Override
  public void execute(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  @Override
  public Timer schedule(Duration delay, Runnable action) {
    Task task = new Task(clock.nanoTime() + delay.toNanos(), number++, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  @Override
  public boolean inLoop() {
    return inLoop;
  }

  @Override
  public FakeClock clock() {
    return clock;
  }

  /** Lets time pass and runs what becomes due. */
  void advance(Duration duration) {
    long end = clock.nanoTime() + duration.toNanos();
    while (!tasks.isEmpty() && tasks.peek().dueNanos() <= end) {
      Task task = tasks.remove();
      clock.advance(Duration.ofNanos(Math.max(0, task.dueNanos() - clock.nanoTime())));
      task.action().run();
    }
    clock.advance(Duration.ofNanos(end - clock.nanoTime()));
  }

  /** From now on the test is another thread. */
  void leave() {
    inLoop = false;
  }

  /** Returns how long it is to the next task. */
  Duration next() {
    return Duration.ofNanos(tasks.element().dueNanos() - clock.nanoTime());
  }

  int waiting() {
    return tasks.size();
  }
}
