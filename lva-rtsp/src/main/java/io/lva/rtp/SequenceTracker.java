package io.lva.rtp;

/**
 * Follows the sequence numbers of one synchronization source in order of arrival (RFC 3550 appendix
 * A.1) and counts what a receiver report needs.
 *
 * <p>This is for transports that keep the order: a packet that comes late is no longer wanted. A
 * buffer that restores the order of UDP goes in front of this.
 *
 * <p>Confined to its media loop.
 */
final class SequenceTracker {
  /** What a sequence number means. */
  enum Verdict {
    /** The next one, or the first of all. */
    IN_ORDER,
    /** {@link #missing} packets are missing in front of it. */
    AFTER_LOSS,
    /** The packet came already, or comes after later ones: drop it. */
    DUPLICATE,
    /** The sender has started over; how much is missing is unknown. */
    RESTART
  }

  private static final int MAXIMUM_DROPOUT = 3000;
  private static final int MAXIMUM_MISORDER = 100;

  private boolean started;
  private int highest;
  private int restartCandidate = -1;
  private int missing;
  private long cycles;
  private long base;
  private long received;
  private long expectedBefore;
  private long receivedBefore;

  /**
   * Takes the next sequence number.
   *
   * @param sequenceNumber 0 to 65535
   * @return what the sequence number means
   */
  Verdict accept(int sequenceNumber) {
    missing = 0;
    if (!started) {
      begin(sequenceNumber);
      return Verdict.IN_ORDER;
    }
    int ahead = sequenceNumber - highest & 0xffff;
    if (ahead >= 1 && ahead <= MAXIMUM_DROPOUT) {
      advance(sequenceNumber, ahead);
      return ahead == 1 ? Verdict.IN_ORDER : Verdict.AFTER_LOSS;
    }
    boolean second = sequenceNumber == restartCandidate;
    restartCandidate = sequenceNumber + 1 & 0xffff;
    if (ahead == 0 || (!second && ahead > 0xffff - MAXIMUM_MISORDER)) {
      return Verdict.DUPLICATE;
    }
    begin(sequenceNumber);
    return Verdict.RESTART;
  }

  /** Returns how many packets are missing in front of the last one. */
  int missing() {
    return missing;
  }

  /** Returns whether anything was received. */
  boolean isStarted() {
    return started;
  }

  /** Returns the highest sequence number with its cycles, as a receiver report states it. */
  int extendedHighest() {
    return (int) (cycles + highest);
  }

  /**
   * Returns how many packets were lost since the last restart, in the 24 bits of a receiver report.
   */
  int cumulativeLost() {
    long count = expected() - received;
    return (int) Math.max(-0x800000, Math.min(0x7fffff, count)) & 0xffffff;
  }

  /** Returns the share lost since the last call, in units of 1/256 (RFC 3550 appendix A.3). */
  int takeFractionLost() {
    long expectedNow = expected() - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected();
    receivedBefore = received;
    return expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
  }

  /** Forgets the source. */
  void reset() {
    started = false;
  }

  private long expected() {
    return cycles + highest - base + 1;
  }

  private void advance(int sequenceNumber, int ahead) {
    if (sequenceNumber < highest) {
      cycles += 1 << 16;
    }
    highest = sequenceNumber;
    restartCandidate = -1;
    received++;
    missing = ahead - 1;
  }

  private void begin(int sequenceNumber) {
    started = true;
    highest = sequenceNumber;
    restartCandidate = -1;
    cycles = 0;
    base = sequenceNumber;
    received = 1;
    expectedBefore = 0;
    receivedBefore = 0;
  }
}
