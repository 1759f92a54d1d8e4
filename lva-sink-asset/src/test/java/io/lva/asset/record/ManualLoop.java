package io.lva.asset.record;

import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A media loop that is the thread of the test. */
final class ManualLoop implements MediaLoop {
  private final VirtualClock clock;
  private final List<Timed> timed = new ArrayList<>();

  private static final class Timed {
    final long atNanos;
    final Runnable task;

    Timed(long atNanos, Runnable task) {
      this.atNanos = atNanos;
      this.task = task;
    }
  }

  ManualLoop(VirtualClock clock) {
    this.clock = clock;
  }

  /** Runs the timers that are due. */
  void runDue() {
    for (Timed next : List.copyOf(timed)) {
      if (next.atNanos <= clock.nanoTime() && timed.remove(next)) {
        next.task.run();
      }
    }
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Timed added = new Timed(clock.nanoTime() + delay.toNanos(), task);
    timed.add(added);
    return () -> timed.remove(added);
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public Clock clock() {
    return clock;
  }
}
