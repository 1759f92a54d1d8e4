package io.lva.rtp;

import io.lva.media.Ticks;

/**
 * Aligns the media time of a track other than the master with the clock of the session.
 *
 * <p>Sender reports of both tracks give the alignment exactly, whatever the camera's clock shows;
 * they are believed unless arrivals contradict them by over a second. Without them, both tracks are
 * assumed to have the same delay. Later changes are followed at 500 ppm at most; a correction of
 * over 40 ms, or of over 2 ms by the first reports, is made at once and reported as a step.
 *
 * <p>Confined to its media loop.
 */
final class FollowerClock implements MediaArrival {
  private static final long SANE_NANOS = Ticks.NANOS_PER_SECOND;
  private static final long STEP_NANOS = 40_000_000L;

  /**
   * Larger corrections by the first reports of both tracks are steps: reports are exact where
   * arrivals were approximate.
   */
  private static final long FIRST_REPORT_STEP_NANOS = 2_000_000L;

  /** Access units that are farther apart than a second divided by this have a hole between them. */
  private static final int LONGEST_UNITS_PER_SECOND = 4;

  private static final long MAXIMUM_SLEW_PPM = 500;

  private final int clockRate;
  private final SessionClock master;
  private final MinimumWindow minimum = new MinimumWindow();
  private boolean begun;
  private boolean reported;
  private boolean byReports;
  private long reportedOffset;
  private long distance;
  private long lastMedia;
  private long lastArrival = Long.MIN_VALUE / 2;

  FollowerClock(int clockRate, SessionClock master) {
    this.clockRate = clockRate;
    this.master = master;
  }

  @Override
  public boolean isComparable() {
    return begun && master.isComparable();
  }

  @Override
  public boolean isLive() {
    return master.isLive();
  }

  @Override
  public long aheadNanos(long ticks, long nanoTime, long utcNanos) {
    return media(ticks) + minimum.value() - master.hostUtc(nanoTime, utcNanos);
  }

  @Override
  public long dueTicks(long nanoTime, long utcNanos) {
    long media = master.hostUtc(nanoTime, utcNanos) - minimum.value();
    return Ticks.convertRounded(media, Ticks.NANOS_PER_SECOND, clockRate);
  }

  /** Takes the arrival of an access unit, which is sent once it is complete, hence at its end. */
  void arrival(long ticks, long nanoTime, long utcNanos) {
    long distance = ticks - lastArrival;
    lastArrival = ticks;
    long length = distance > 0 && distance <= clockRate / LONGEST_UNITS_PER_SECOND ? distance : 0;
    minimum.add(master.hostUtc(nanoTime, utcNanos) - media(ticks + length), nanoTime);
  }

  /** Takes a sender report of the track. */
  void senderReport(long ticks, long utcNanos) {
    reported = true;
    reportedOffset = utcNanos - media(ticks);
  }

  /**
   * Returns UTC on the clock of the session, which must have an origin.
   *
   * @param ticks media time of this track, for which {@link #step} was called before
   */
  long utcNanos(long ticks) {
    return media(ticks) + master.offsetNanos() + distance;
  }

  /**
   * Brings the alignment up to date with arrivals and reports.
   *
   * @param ticks media time of the next sample
   * @return the step of this track's time before that sample, in nanoseconds; positive when a hole
   *     is left
   */
  long step(long ticks) {
    boolean byReportsBefore = byReports;
    long target = target();
    long tolerance = byReports && !byReportsBefore ? FIRST_REPORT_STEP_NANOS : STEP_NANOS;
    long media = media(ticks);
    long elapsed = Math.max(0, Math.min(media - lastMedia, Ticks.NANOS_PER_SECOND));
    lastMedia = media;
    long away = target - distance;
    if (!begun || Math.abs(away) > tolerance) {
      long step = begun ? away : 0;
      begun = true;
      distance = target;
      return step;
    }
    long limit = elapsed * MAXIMUM_SLEW_PPM / 1_000_000;
    distance += Math.max(-limit, Math.min(limit, away));
    return 0;
  }

  private long target() {
    long byArrival = minimum.value() - master.arrivalOffsetNanos();
    if (reported && master.isReported()) {
      long byReport = reportedOffset - master.reportedOffsetNanos();
      byReports = Math.abs(byReport - byArrival) <= SANE_NANOS;
      return byReports ? byReport : byArrival;
    }
    byReports = false;
    return byArrival;
  }

  private long media(long ticks) {
    return Ticks.convert(ticks, clockRate, Ticks.NANOS_PER_SECOND);
  }
}
