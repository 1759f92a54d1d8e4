package io.lva.bench.system;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives memory back as a recorder writes, until its thread is interrupted.
 *
 * <p>Confined to its thread.
 */
final class MemoryPace implements Runnable {
  private static final long LOOK_NANOS = 100_000_000;

  private final MemoryFiller filler;
  private final Recorder.Session session;

  /** Creates a task that follows a running recorder. */
  MemoryPace(MemoryFiller filler, Recorder.Session session) {
    this.filler = filler;
    this.session = session;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        filler.giveBack(ProcessUsage.of(session.processes()).writtenBytes());
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("memory is not given back: " + e.getMessage());
    }
  }
}
