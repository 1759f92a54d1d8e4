package io.lva.asset.record;

import io.lva.asset.format.Utc;
import io.lva.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test moves. */
final class VirtualClock implements Clock {
  private long nanos;
  private long utcNanos;

  VirtualClock(Instant start) {
    utcNanos = Utc.nanos(start);
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized long utcNanos() {
    return utcNanos;
  }

  synchronized void advance(Duration time) {
    nanos += time.toNanos();
    utcNanos += time.toNanos();
  }
}
