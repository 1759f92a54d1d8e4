package io.lva.rtspsim;

import io.lva.media.Ticks;

/**
 * The RTP clock of one stream. It follows the time line of the source, but may be made to jump or
 * to run too fast or too slow.
 *
 * <p>Confined to the event loop of the client.
 */
final class RtpClock {
  private static final long MILLION = 1_000_000;

  private final int clockRate;
  private final Faults faults;
  private long anchorTicks;
  private long anchorTimestamp;
  private int driftPpm;

  /** Creates a clock that shows {@code firstTimestamp} at {@code firstTicks} of the source. */
  RtpClock(Faults faults, int clockRate, long firstTicks, long firstTimestamp) {
    this.faults = faults;
    this.clockRate = clockRate;
    anchorTicks = firstTicks;
    anchorTimestamp = firstTimestamp - jumpTicks();
    driftPpm = faults.clockDriftPpm();
  }

  /** Returns the timestamp, 32 bits, for a time of the source in ticks of the track. */
  long timestamp(long ticks) {
    int wanted = faults.clockDriftPpm();
    if (wanted != driftPpm) {
      anchorTimestamp = drifted(ticks);
      anchorTicks = ticks;
      driftPpm = wanted;
    }
    return drifted(ticks) + jumpTicks() & 0xffffffffL;
  }

  private long jumpTicks() {
    return Ticks.convert(faults.timestampJumpNanos(), Ticks.NANOS_PER_SECOND, clockRate);
  }

  private long drifted(long ticks) {
    long elapsed = ticks - anchorTicks;
    return anchorTimestamp + elapsed + Math.floorDiv(elapsed * driftPpm, MILLION);
  }
}
