package io.lva.rtp;

import io.lva.media.Ticks;

/**
 * Measures how unevenly packets arrive (RFC 3550 section 6.4.1 and appendix A.8).
 *
 * <p>Confined to its media loop.
 */
final class InterarrivalJitter {
  private final int clockRate;
  private boolean started;
  private int lastTransit;
  private long scaled;

  InterarrivalJitter(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * Takes one packet.
   *
   * @param timestamp the 32 bits of its RTP timestamp
   * @param nanoTime when it arrived
   */
  void packet(int timestamp, long nanoTime) {
    int transit = (int) Ticks.convert(nanoTime, Ticks.NANOS_PER_SECOND, clockRate) - timestamp;
    if (started) {
      long difference = Math.abs((long) (transit - lastTransit));
      scaled += difference - ((scaled + 8) >> 4);
    }
    started = true;
    lastTransit = transit;
  }

  /** Returns the estimate in ticks. */
  int ticks() {
    return (int) Math.min(Integer.MAX_VALUE, scaled >> 4);
  }
}
