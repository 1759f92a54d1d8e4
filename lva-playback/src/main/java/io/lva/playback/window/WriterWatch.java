package io.lva.playback.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;

/**
 * Notices that the writer of an asset is gone: nobody has held the lock for a while. A recorder
 * gives its lock back after its last row; the delay is for readers that have not seen that row yet.
 *
 * <p>Thread-safe.
 */
final class WriterWatch {
  private static final long ASKED_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long GONE_NANOS = Duration.ofSeconds(4).toNanos();

  private final Lock lock;
  private final Clock clock;

  @GuardedBy("this")
  private boolean asked;

  @GuardedBy("this")
  private long askedAt;

  @GuardedBy("this")
  private boolean held;

  @GuardedBy("this")
  private long freeSince;

  /** The lock of the asset. */
  @FunctionalInterface
  interface Lock {
    /** Returns whether any process holds it. */
    boolean isHeld() throws IOException;
  }

  WriterWatch(Lock lock, Clock clock) {
    this.lock = lock;
    this.clock = clock;
  }

  /**
   * Returns whether the asset has had no writer for a while.
   *
   * @throws IOException when the store fails
   */
  synchronized boolean isGone() throws IOException {
    ask();
    return !held && clock.nanoTime() - freeSince >= GONE_NANOS;
  }

  /**
   * Returns whether the asset has a writer, or had one a moment ago.
   *
   * @throws IOException when the store fails
   */
  synchronized boolean isHeld() throws IOException {
    ask();
    return held;
  }

  @GuardedBy("this")
  private void ask() throws IOException {
    long now = clock.nanoTime();
    if (!asked || now - askedAt >= ASKED_EVERY_NANOS) {
      boolean wasFree = asked && !held;
      held = lock.isHeld();
      asked = true;
      askedAt = now;
      freeSince = wasFree ? freeSince : now;
    }
  }
}
