package io.lva.examples.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Measures how long this machine lets a thread wait that has something to do. Thread-safe. */
final class BusyMachine implements AutoCloseable {
  private static final long BEAT_NANOS = 5_000_000;

  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread = new Thread(this::beat, "busy-machine");

  private BusyMachine() {
    thread.setDaemon(true);
  }

  static BusyMachine measured() {
    BusyMachine machine = new BusyMachine();
    machine.thread.start();
    return machine;
  }

  /** Forgets what was. */
  void begin() {
    longestNanos.set(0);
  }

  /** Returns the longest wait since the begin. */
  Duration longestWait() {
    return Duration.ofNanos(longestNanos.get());
  }

  private void beat() {
    while (!Thread.currentThread().isInterrupted()) {
      long start = System.nanoTime();
      LockSupport.parkNanos(BEAT_NANOS);
      longestNanos.accumulateAndGet(System.nanoTime() - start - BEAT_NANOS, Math::max);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
