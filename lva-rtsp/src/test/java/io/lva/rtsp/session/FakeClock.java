package io.lva.rtsp.session;

import io.lva.spi.Clock;
import java.time.Duration;

/** A clock that tests move. */
final class FakeClock implements Clock {
  private long nanos = 1_000_000_000L;

  void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long utcNanos() {
    return 1_700_000_000_000_000_000L + nanos;
  }
}
