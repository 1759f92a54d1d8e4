package io.lva.runtime;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which nodes are made: they may wait for a disk. There are so many that some that
 * wait for ever, as on a network disk that does not answer, leave enough to others.
 */
final class LifecycleThreads {
  private static final int THREADS = 256;
  private static final int IDLE_SECONDS = 10;

  private LifecycleThreads() {}

  static ThreadPoolExecutor start() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Marked::new);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** A thread on which nobody may wait for the end of a transition. */
  static final class Marked extends Thread {
    Marked(Runnable task) {
      super(task, "lva-lifecycle");
      setDaemon(true);
    }
  }
}
