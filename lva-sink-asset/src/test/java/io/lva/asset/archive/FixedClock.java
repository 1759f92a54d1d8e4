package io.lva.asset.archive;

import io.lva.asset.format.Utc;
import io.lva.spi.Clock;
import java.time.Instant;

/** A clock that stands still. */
public record FixedClock(Instant now) implements Clock {
  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public long utcNanos() {
    return Utc.nanos(now);
  }
}
