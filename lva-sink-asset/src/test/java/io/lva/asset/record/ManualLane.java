package io.lva.asset.record;

import io.lva.spi.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/** A lane without threads: a test says when its work is done. */
final class ManualLane implements Lane {
  private final VirtualClock clock;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 << 10);
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private boolean backgroundHeld;
  private final PriorityQueue<Timed> timed = new PriorityQueue<>();

  private record Timed(long atNanos, Runnable work) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      return Long.compare(atNanos, other.atNanos);
    }
  }

  ManualLane(VirtualClock clock) {
    this.clock = clock;
  }

  /** Does everything that waits, and what follows from it. */
  void runAll() {
    while (!work.isEmpty()) {
      work.removeFirst().run();
    }
  }

  /** Lets time pass in small steps and does everything that is due. */
  void pass(Duration time) {
    long end = clock.nanoTime() + time.toNanos();
    runAll();
    while (!timed.isEmpty() && timed.peek().atNanos <= end) {
      Timed next = timed.remove();
      clock.advance(Duration.ofNanos(Math.max(0, next.atNanos - clock.nanoTime())));
      next.work.run();
      runAll();
    }
    clock.advance(Duration.ofNanos(end - clock.nanoTime()));
  }

  @Override
  public void ready(Task task) {
    if (task.enlist()) {
      work.addLast(
          () -> {
            task.delist();
            task.run();
          });
    }
  }

  @Override
  public void later(Duration delay, Runnable task) {
    timed.add(new Timed(clock.nanoTime() + delay.toNanos(), task));
  }

  @Override
  public void sync(Runnable task) {
    work.addLast(task);
  }

  @Override
  public void tidy(Runnable task) {
    work.addLast(task);
  }

  @Override
  public void tidyLater(Duration delay, Runnable task) {
    later(delay, task);
  }

  /** Lets long work wait until {@link #doBackground}. */
  void holdBackground() {
    backgroundHeld = true;
  }

  /** Does the long work that waits, and what follows from it. */
  void doBackground() {
    backgroundHeld = false;
    work.addAll(background);
    background.clear();
    runAll();
  }

  @Override
  public void background(Runnable task) {
    (backgroundHeld ? background : work).addLast(task);
  }

  @Override
  public ByteBuffer scratch() {
    return scratch;
  }

  @Override
  public Clock clock() {
    return clock;
  }
}
