package io.lva.asset.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.store.PacedSource;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.InterruptedIOException;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * The bandwidth that all uploads of a runtime share. Each piece of media waits for its turn.
 * Bandwidth that is not used during a pause is not saved for later.
 *
 * <p>Thread-safe.
 */
public final class UploadRate implements PacedSource.Pace {
  private static final double BITS = 8;
  private static final double NANOS_PER_MICROSECOND = 1000;

  private final OptionalDouble megabitsPerSecond;
  private final Clock clock;
  private final Sleep sleep;

  @GuardedBy("this")
  private long freeNanos;

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleep {
    /** Returns after about the given number of nanoseconds, or sooner. */
    void nanos(long duration);
  }

  /**
   * Creates a rate.
   *
   * @param megabitsPerSecond above 0; empty for no limit
   * @param clock measures the time between pieces
   */
  public UploadRate(OptionalDouble megabitsPerSecond, Clock clock) {
    this(megabitsPerSecond, clock, LockSupport::parkNanos);
  }

  UploadRate(OptionalDouble megabitsPerSecond, Clock clock, Sleep sleep) {
    this.megabitsPerSecond = megabitsPerSecond;
    this.clock = clock;
    this.sleep = sleep;
    this.freeNanos = clock.nanoTime();
  }

  /** Returns content that is read at this rate. */
  ByteSource paced(ByteSource content) {
    return megabitsPerSecond.isEmpty() ? content : new PacedSource(content, this);
  }

  @Override
  public void take(int bytes) throws InterruptedIOException {
    long turn = turn(bytes);
    for (long now = clock.nanoTime(); now - turn < 0; now = clock.nanoTime()) {
      sleep.nanos(turn - now);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("an upload was ended while it waited for its turn");
      }
    }
  }

  /** Returns when some bytes may be sent, after all bytes requested earlier. */
  private synchronized long turn(int bytes) {
    long now = clock.nanoTime();
    long turn = now - freeNanos > 0 ? now : freeNanos;
    double micros = bytes * BITS / megabitsPerSecond.orElse(Double.POSITIVE_INFINITY);
    freeNanos = turn + (long) (micros * NANOS_PER_MICROSECOND);
    return turn;
  }
}
