package io.lva.iot.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.iot.testkit.EdgeHub.Condition;
import java.time.Duration;

/** Wakes threads that wait until something has happened at a hub. Thread-safe. */
final class HubChanges {
  @GuardedBy("this")
  private long count;

  synchronized void happened() {
    count++;
    notifyAll();
  }

  /** Waits until a condition holds, checking it after each change; returns whether it holds. */
  boolean await(Condition condition, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long seen = count();
    while (!condition.holds()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      awaitMoreThan(seen, end);
      seen = count();
    }
    return true;
  }

  private synchronized long count() {
    return count;
  }

  private synchronized void awaitMoreThan(long seen, long end) throws InterruptedException {
    long left = (end - System.nanoTime()) / 1_000_000;
    while (count == seen && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }
}
