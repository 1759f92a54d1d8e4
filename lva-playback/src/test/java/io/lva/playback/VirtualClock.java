package io.lva.playback;

import io.lva.asset.format.Utc;
import io.lva.spi.Clock;
import java.time.Instant;

/** A clock that a test moves. */
final class VirtualClock implements Clock {
  private final Instant start;
  private long nanos;
  private long offset;

  VirtualClock(Instant start) {
    this.start = start;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized long utcNanos() {
    return Utc.nanos(start) + nanos + offset;
  }

  synchronized void setUtc(Instant now) {
    nanos = Math.max(nanos + 1_000_000_000L, Utc.nanos(now) - Utc.nanos(start) - offset);
  }

  synchronized void advance(java.time.Duration time) {
    nanos += time.toNanos();
  }

  /** Sets the date, forward or back, while no time passes. */
  synchronized void stepTo(Instant now) {
    offset = Utc.nanos(now) - Utc.nanos(start) - nanos;
  }
}
