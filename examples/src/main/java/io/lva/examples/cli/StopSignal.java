package io.lva.examples.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a clean stop with exit code 0, or 1 where {@link #fail} was called
 * or stopping takes more than a minute.
 *
 * <p>The virtual machine exits when its shutdown hooks have finished. The hook of this class waits
 * until the command has stopped everything, and then ends the process itself, because the default
 * exit code would name the signal.
 *
 * <p>Thread-safe.
 */
final class StopSignal implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "lva-stop");

  private volatile boolean failed;

  private StopSignal() {}

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Ends the wait as a signal would. */
  void request() {
    requested.countDown();
  }

  /** Waits for a signal; returns whether there was one. */
  boolean await(Duration timeout) throws InterruptedException {
    return requested.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for a signal, however long it takes. */
  void await() throws InterruptedException {
    requested.await();
  }

  /** Notes that stopping has left something undone. */
  void fail() {
    failed = true;
  }

  /** Notes that everything has stopped. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the hook is running: it ends the process as soon as it sees that everything has stopped
      requested.countDown();
    }
  }

  private void onShutdown() {
    requested.countDown();
    try {
      boolean clean = stopped.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
      Runtime.getRuntime().halt(clean && !failed ? 0 : 1);
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
