package io.lva.asset.upload;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads and the bandwidth that all uploads of a runtime share. When there are more assets
 * than threads, uploads wait for each other.
 *
 * <p>Thread-safe.
 */
public final class UploadThreads implements AutoCloseable {
  private static final int THREADS = 4;
  private static final long PATIENCE_SECONDS = 5;

  private final AtomicInteger made = new AtomicInteger();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(THREADS, this::daemon);

  private final UploadRate rate;

  /**
   * Creates a pool, which starts its threads when they are needed.
   *
   * @param rate the bandwidth of all uploads together
   */
  public UploadThreads(UploadRate rate) {
    this.rate = rate;
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setKeepAliveTime(30, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lva-upload-" + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns the executor.
   *
   * @return the executor, which callers must not close
   */
  public ScheduledThreadPoolExecutor executor() {
    return executor;
  }

  /**
   * Returns the bandwidth.
   *
   * @return the rate of all uploads together
   */
  public UploadRate rate() {
    return rate;
  }

  /** Waits a few seconds for running uploads to finish, then interrupts them. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
