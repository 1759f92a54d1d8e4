package io.lva.rtspsim;

import io.lva.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contexts and clocks for tests. */
final class Contexts {
  static final long UTC_NANOS = 1_795_392_001_300_000_000L;

  private Contexts() {}

  /** A clock that stands still until it is moved. */
  static final class ManualClock implements Clock {
    private long nanos;
    private long stepNanos;

    void advance(Duration duration) {
      nanos += duration.toNanos();
    }

    /** Steps the time of day. */
    void step(Duration duration) {
      stepNanos += duration.toNanos();
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public long utcNanos() {
      return UTC_NANOS + nanos + stepNanos;
    }
  }

  static SimulatorContext pattern(ManualClock manual, Faults faults, boolean burst) {
    MediaClock clock = new MediaClock(manual, 1);
    PatternSource pattern = new PatternSource(clock::utcNanos, 1, PatternEncoder.GROUP_FRAMES);
    return new SimulatorContext(
        Map.of("/pattern", pattern, "/pattern-with-sound", new PatternWithSound(pattern)),
        Map.of("/media/notes.txt", "neither MP4 nor raw H.264"),
        new LoginCheck(Optional.empty(), List.of()),
        faults,
        clock,
        new SimulatorContext.Delivery(burst, true, 1, Duration.ofSeconds(60)));
  }
}
