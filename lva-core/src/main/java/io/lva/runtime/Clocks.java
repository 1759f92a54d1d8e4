package io.lva.runtime;

import io.lva.spi.Clock;
import java.time.Instant;

/** Reads the UTC of a clock as an instant. */
final class Clocks {
  private Clocks() {}

  static Instant utc(Clock clock) {
    long nanos = clock.utcNanos();
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
