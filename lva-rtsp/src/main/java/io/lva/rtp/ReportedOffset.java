package io.lva.rtp;

/**
 * UTC minus media time, as sender reports show it.
 *
 * <p>Confined to its media loop.
 */
final class ReportedOffset {
  private static final long NONE = Long.MIN_VALUE;

  private long last = NONE;
  private long believed = NONE;
  private long doubted = NONE;
  private long spread = NONE;

  /**
   * Takes a report.
   *
   * @param shown what it shows
   * @param odd whether it is far off the clock, so that it needs a second report that agrees
   * @param tolerance how far apart two reports may be and still agree
   */
  void report(long shown, boolean odd, long tolerance) {
    boolean agrees = doubted != NONE && Math.abs(shown - doubted) <= tolerance;
    if (!odd || agrees) {
      believed = shown;
    }
    doubted = odd ? shown : NONE;
    spread = last == NONE ? NONE : Math.abs(shown - last);
    last = shown;
  }

  /** Returns whether a report has come, whether believed or not. */
  boolean isShown() {
    return last != NONE;
  }

  /** Returns whether two reports have come, which can be compared. */
  boolean isRepeated() {
    return spread != NONE;
  }

  /** Returns how far apart the last two reports are; both must have come. */
  long spread() {
    return spread;
  }

  /** Returns what the last report shows. */
  long last() {
    return last;
  }

  /** Returns whether a believed report is within a tolerance of another offset. */
  boolean isNear(long offset, long tolerance) {
    return believed != NONE && Math.abs(believed - offset) <= tolerance;
  }

  /** Returns whether a believed report is before another offset, by no more than a bound. */
  boolean isBefore(long offset, long most) {
    return believed != NONE && believed < offset && offset - believed <= most;
  }

  /** Returns what the last believed report shows. */
  long value() {
    return believed;
  }
}
