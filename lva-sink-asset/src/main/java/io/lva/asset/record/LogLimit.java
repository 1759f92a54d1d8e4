package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Admits a line to the log once in a while, and counts the lines it leaves out.
 *
 * <p>Thread-safe.
 */
final class LogLimit {
  private final long intervalNanos;

  @GuardedBy("this")
  private long admittedNanos;

  @GuardedBy("this")
  private boolean admitted;

  @GuardedBy("this")
  private int leftOut;

  /** Creates a limit that has admitted no line yet. */
  LogLimit(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  /**
   * Asks whether a line may be logged.
   *
   * @param nowNanos the present time of a monotonic clock
   * @return the number of lines left out since the last one that was admitted; empty when this one
   *     is left out too
   */
  synchronized OptionalInt admit(long nowNanos) {
    if (admitted && nowNanos - admittedNanos < intervalNanos) {
      leftOut++;
      return OptionalInt.empty();
    }
    int count = leftOut;
    admitted = true;
    admittedNanos = nowNanos;
    leftOut = 0;
    return OptionalInt.of(count);
  }
}
