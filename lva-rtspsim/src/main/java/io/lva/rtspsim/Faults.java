package io.lva.rtspsim;

import java.time.Duration;

/**
 * Switches for what goes wrong with a camera; they take effect at once, for every client.
 *
 * <p>Random faults depend only on the seed, the number of the client, and the packets sent while
 * such a fault is on, so that a failure in a test can be reproduced.
 *
 * <p>Thread-safe.
 */
public final class Faults {
  private volatile double packetLoss;
  private volatile double duplicates;
  private volatile boolean frozen;
  private volatile boolean mute;
  private volatile boolean senderReports = true;
  private volatile long senderReportOffsetNanos;
  private volatile int clockDriftPpm;
  private volatile long timestampJumpNanos;

  Faults() {}

  /**
   * Loses RTP packets as a bad network would: their sequence numbers are used up.
   *
   * @param rate from 0, none, to 1, all
   * @return this
   * @throws IllegalArgumentException when the rate is out of range
   */
  public Faults packetLoss(double rate) {
    packetLoss = checkRate(rate);
    return this;
  }

  /**
   * Sends RTP packets twice.
   *
   * @param rate from 0, none, to 1, all
   * @return this
   * @throws IllegalArgumentException when the rate is out of range
   */
  public Faults duplicates(double rate) {
    duplicates = checkRate(rate);
    return this;
  }

  /**
   * Stops media and reports, while the connection stays and requests are answered; afterwards media
   * goes on at the next key frame.
   *
   * @param on true to stop
   * @return this
   */
  public Faults freeze(boolean on) {
    frozen = on;
    return this;
  }

  /**
   * Leaves requests without an answer, while media goes on.
   *
   * @param on true to be silent
   * @return this
   */
  public Faults mute(boolean on) {
    mute = on;
    return this;
  }

  /**
   * Sets whether RTCP sender reports are sent.
   *
   * @param on true, the default, to send them
   * @return this
   */
  public Faults senderReports(boolean on) {
    senderReports = on;
    return this;
  }

  /**
   * Makes the time of day in sender reports wrong.
   *
   * @param offset added to the right time; may be negative
   * @return this
   */
  public Faults senderReportOffset(Duration offset) {
    senderReportOffsetNanos = offset.toNanos();
    return this;
  }

  /**
   * Makes the RTP clock run too fast or too slow from now on.
   *
   * @param partsPerMillion positive for too fast, negative for too slow; from -100000 to 100000
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public Faults clockDrift(int partsPerMillion) {
    if (Math.abs(partsPerMillion) > 100_000) {
      throw new IllegalArgumentException("drift of " + partsPerMillion + " ppm");
    }
    clockDriftPpm = partsPerMillion;
    return this;
  }

  /**
   * Shifts all RTP timestamps from now on; the shifts of several calls add up.
   *
   * @param jump may be negative
   * @return this
   */
  public synchronized Faults timestampJump(Duration jump) {
    timestampJumpNanos += jump.toNanos();
    return this;
  }

  double packetLoss() {
    return packetLoss;
  }

  double duplicates() {
    return duplicates;
  }

  boolean frozen() {
    return frozen;
  }

  boolean mute() {
    return mute;
  }

  boolean senderReports() {
    return senderReports;
  }

  long senderReportOffsetNanos() {
    return senderReportOffsetNanos;
  }

  int clockDriftPpm() {
    return clockDriftPpm;
  }

  long timestampJumpNanos() {
    return timestampJumpNanos;
  }

  private static double checkRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate " + rate + " is not from 0 to 1");
    }
    return rate;
  }
}
