package io.lva.rtp;

import io.lva.media.Ticks;

/**
 * Decides whether the timestamps of a stream mean anything.
 *
 * <p>They mean nothing when half of the last {@value #WINDOW} pictures were off the line: the
 * camera sends arbitrary numbers, or those of two clocks in turn. They mean something again after
 * {@value #RECOVERY} pictures in a row whose timestamps advanced about as much as time did.
 *
 * <p>Confined to its media loop.
 */
final class TimestampTrust {
  private static final int WINDOW = 16;
  private static final int RECOVERY = 50;

  private final int clockRate;
  private int offLine;
  private boolean lost;
  private int sensible;
  private int lastTimestamp;
  private long lastNanoTime;

  TimestampTrust(int clockRate) {
    this.clockRate = clockRate;
  }

  /** Notes that a timestamp was on the line, or off it. */
  void placed(boolean onLine) {
    offLine = (offLine << 1 | (onLine ? 0 : 1)) & (1 << WINDOW) - 1;
    if (Integer.bitCount(offLine) * 2 >= WINDOW) {
      lost = true;
      sensible = 0;
    }
  }

  /** Forgets the past: another line has begun. */
  void restart() {
    offLine = 0;
    lost = false;
  }

  /** Returns whether none of the last pictures was off the line. */
  boolean isWhole() {
    return offLine == 0;
  }

  /** Returns whether timestamps mean nothing, so that arrivals must give the time. */
  boolean isLost() {
    return lost;
  }

  /**
   * Takes the next timestamp while trust is lost.
   *
   * @param timestamp the 32 bits
   * @param nanoTime when it arrived, monotonic time
   * @return whether timestamps mean something again
   */
  boolean isRegained(int timestamp, long nanoTime) {
    int step = timestamp - lastTimestamp;
    long waited = Ticks.convert(nanoTime - lastNanoTime, Ticks.NANOS_PER_SECOND, clockRate);
    boolean agrees = step > 0 && Math.abs(step - waited) <= clockRate / 2L;
    sensible = agrees ? sensible + 1 : 0;
    lastTimestamp = timestamp;
    lastNanoTime = nanoTime;
    return sensible >= RECOVERY;
  }
}
