package io.lva.rtspsim;

/**
 * The RTP clock of one stream: follows the time line of the source, but may run too fast or too
 * slow and may jump.
 *
 * <p>Confined to the event loop of the client.
 */
final class RtpClock {
  private static final long MILLION = 1_000_000;

  private final Faults faults;
  private long anchorTicks;
  private long anchorTimestamp;
  private int driftPpm;

  /** A clock that shows {@code firstTimestamp} at {@code firstTicks} of the source. */
  RtpClock(Faults faults, long firstTicks, long firstTimestamp) {
    this.faults = faults;
    anchorTicks = firstTicks;
    anchorTimestamp = firstTimestamp - faults.timestampJumpTicks();
    driftPpm = faults.clockDriftPpm();
  }

  /** Returns the timestamp, 32 bits, for a time of the source in ticks of 90 kHz. */
  long timestamp(long ticks) {
    int wanted = faults.clockDriftPpm();
    if (wanted != driftPpm) {
      anchorTimestamp = drifted(ticks);
      anchorTicks = ticks;
      driftPpm = wanted;
    }
    return drifted(ticks) + faults.timestampJumpTicks() & 0xffffffffL;
  }

  private long drifted(long ticks) {
    long elapsed = ticks - anchorTicks;
    return anchorTimestamp + elapsed + Math.floorDiv(elapsed * driftPpm, MILLION);
  }
}
