package io.lva.rtp;

import io.lva.media.Ticks;
import io.lva.media.UtcSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps the media time of a session to UTC; video is the master.
 *
 * <p>UTC is media time plus an <em>offset</em>. Every arrival shows an offset that is too large by
 * the delay on the way, so the smallest one is the best. The origin is fixed once arrivals have
 * kept pace with media time for half a second, because cameras open with a burst of older pictures.
 * From then on, the offset follows the smallest of the last minute, or the camera's sender reports,
 * by at most 500 ppm: drift is followed, jitter and congestion are not. A step of the host's clock,
 * or an offset that cannot be right, is reported after 5 s as a pending step and starts a new
 * origin when the caller says so.
 *
 * <p>A sender report that is earlier than arrivals is believed if the camera's clock agrees with
 * the host's. Only later does it show whether a burst came first, media always comes late, or the
 * report is wrong; until then the stated error covers all three.
 *
 * <p>With the camera's own clock, for replay, the origin is a sender report if one comes first, or
 * else the first arrival; nothing is followed.
 *
 * <p>Confined to its media loop.
 */
final class SessionClock implements MediaArrival {
  private static final long NARROW_NANOS = 2 * Ticks.NANOS_PER_SECOND;
  private static final long SETTLE_NANOS = 500_000_000L;
  private static final long STEP_NANOS = Ticks.NANOS_PER_SECOND;
  private static final long LATE_NANOS = 10 * Ticks.NANOS_PER_SECOND;
  private static final long CONFIRM_NANOS = 5 * Ticks.NANOS_PER_SECOND;
  private static final long FOLLOW_NANOS = 30 * Ticks.NANOS_PER_SECOND;

  /** How far ahead of arrivals UTC can get, at most, when it follows timestamps. */
  private static final long MOST_AHEAD_NANOS = 3 * Ticks.NANOS_PER_SECOND;

  /**
   * Longest stretch of media from before a session that a camera sends: the distance between key
   * frames.
   */
  private static final long LONGEST_BURST_NANOS = 90 * Ticks.NANOS_PER_SECOND;

  /** A latency below this is not learned: stated errors cover it anyway. */
  private static final long LEAST_LATENCY_NANOS = 250_000_000L;

  /**
   * Error of UTC in a replay: the first picture of a burst was taken a while before it came, and no
   * pace shows how long.
   */
  private static final long UNPACED_ERROR_NANOS = Ticks.NANOS_PER_SECOND;

  /**
   * In a replay, arrivals are no measure of UTC, but a report this close to them belongs to the
   * same recording.
   */
  private static final long REPLAY_TOLERANCE_NANOS = 5 * Ticks.NANOS_PER_SECOND;

  private static final long MAXIMUM_SLEW_PPM = 500;

  private final boolean live;
  private final int clockRate;
  private final long senderReportTolerance;
  private final HostSteps hostSteps = new HostSteps(STEP_NANOS, CONFIRM_NANOS);
  private final MinimumWindow minimum = new MinimumWindow();

  private final Suspicion suspicion = new Suspicion(CONFIRM_NANOS);

  private @Nullable Settling settling;

  /** Arrivals since the origin: a burst is over when they have settled. */
  private @Nullable Settling steady;

  private ReportedOffset reports = new ReportedOffset();
  private boolean clocksAgree;
  private boolean reportsRefuted;
  private boolean arrivalsRule;
  private boolean origin;

  /** Whether it is unknown why media comes later than reports say: a burst, or wrong reports. */
  private boolean unproved;

  private long mostOverlap = STEP_NANOS;
  private long originNanoTime;
  private long offset;

  /** How much later media usually comes than its UTC says. */
  private long lag;

  /** How long after it was taken media always comes, as far as reports have proved it. */
  private long latency;

  private long lastMedia;
  private long lastNanoTime;
  private boolean stepPending;
  private UtcSource source = UtcSource.ARRIVAL;
  private boolean sourceChanged;
  private long errorNanos;

  /**
   * Creates a clock without an origin.
   *
   * @param clockRate ticks of media time per second
   * @param options whether the camera's clock is trusted, and how far its reports are believed
   */
  SessionClock(int clockRate, ReceiverOptions options) {
    this.clockRate = clockRate;
    this.live = !options.cameraClock();
    this.senderReportTolerance = options.senderReportToleranceNanos();
  }

  @Override
  public boolean isLive() {
    return live;
  }

  /** Returns whether {@link #utcNanos} can be called. */
  boolean hasOrigin() {
    return origin;
  }

  /** Returns whether arrivals have kept pace long enough to fix the origin. */
  boolean isSettled() {
    return settling != null && (!live || settling.isSettled());
  }

  /** Returns whether a step was confirmed: the origin is wrong from now on. */
  boolean isStepPending() {
    return stepPending;
  }

  /** Returns where UTC comes from; empty without an origin. */
  Optional<UtcSource> source() {
    return origin ? Optional.of(source) : Optional.empty();
  }

  /** Returns whether the source of UTC has changed since the last call. */
  boolean takeSourceChange() {
    boolean changed = sourceChanged;
    sourceChanged = false;
    return changed;
  }

  /** Returns how far UTC may be off, as far as this can be known. */
  long errorNanos() {
    return errorNanos;
  }

  /**
   * Takes the arrival of one access unit.
   *
   * @param ticks its time of presentation
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  void arrival(long ticks, long nanoTime, long utcNanos) {
    long media = media(ticks);
    long arrived = hostSteps.utcNanos(nanoTime, utcNanos);
    long shown = arrived - media;
    Settling settled = settling;
    if (settled == null) {
      settling = new Settling(shown, nanoTime, SETTLE_NANOS);
      lastMedia = media;
    } else if (!origin && live) {
      settled.arrival(shown, media >= lastMedia, nanoTime);
    }
    if (origin && live) {
      minimum.add(shown, nanoTime);
      Objects.requireNonNull(steady).arrival(shown, media >= lastMedia, nanoTime);
      follow(media, nanoTime);
    }
    lastMedia = Math.max(lastMedia, media);
    lastNanoTime = nanoTime;
  }

  /**
   * Takes a sender report. A report that is more than 1 s off is believed only when the next one
   * agrees with it.
   *
   * @param ticks the instant on the line of media time
   * @param reportUtcNanos the same instant on the camera's clock
   * @param arrivedUtcNanos when the report arrived, UTC of the host
   */
  void senderReport(long ticks, long reportUtcNanos, long arrivedUtcNanos) {
    long shown = reportUtcNanos - media(ticks);
    boolean odd = origin && Math.abs(shown - offset) > STEP_NANOS;
    reports.report(shown, odd, STEP_NANOS);
    clocksAgree = Math.abs(arrivedUtcNanos - reportUtcNanos) <= senderReportTolerance;
  }

  /** Fixes the origin with what is known now; at least one packet must have arrived. */
  void fixOrigin() {
    Settling settled = Objects.requireNonNull(settling, "no arrival");
    long smallest = settled.smallest();
    origin = true;
    originNanoTime = lastNanoTime;
    offset = smallest;
    lag = 0;
    latency = 0;
    unproved = false;
    steady = new Settling(smallest, lastNanoTime, CONFIRM_NANOS);
    source = live ? UtcSource.ARRIVAL : UtcSource.CAMERA;
    errorNanos = live ? settled.errorNanos() : UNPACED_ERROR_NANOS;
    if (!arrivalsRule) {
      believeReports(smallest);
    }
    minimum.clear();
    minimum.add(smallest, lastNanoTime);
  }

  private void believeReports(long smallest) {
    boolean near = reports.isNear(smallest, live ? senderReportTolerance : REPLAY_TOLERANCE_NANOS);
    boolean earlier =
        live && clocksAgree && !reportsRefuted && reports.isBefore(smallest, LONGEST_BURST_NANOS);
    if (near || earlier) {
      source = UtcSource.SENDER_REPORT;
      offset = reports.value();
      lag = smallest - offset;
      errorNanos = near ? Math.abs(lag) : lag + Settling.TOLERANCE_NANOS;
      unproved = live;
    }
  }

  /**
   * Lets UTC go on where it ended instead of stepping back by up to 1 s, or by up to 3 s after a
   * restart that was not due to a step of the host's clock. Jitter and the error of the previous
   * origin must not put two pictures at the same time.
   *
   * @param ticks media time of the next sample; the clock must have an origin
   * @param utcNanos where the last sample ended
   */
  void notBefore(long ticks, long utcNanos) {
    long overlap = utcNanos - utcNanos(ticks);
    if (live && overlap > 0 && overlap <= mostOverlap) {
      offset += overlap;
      errorNanos += overlap;
      if (arrivalsRule) {
        forgetArrivals(lastNanoTime);
      }
    }
  }

  /**
   * Notes that timestamps are wrong: from now on media time follows arrivals. Sender reports
   * contain the same timestamps, so they no longer tell UTC.
   *
   * @param nanoTime the present monotonic time
   */
  void arrivalsRule(long nanoTime) {
    arrivalsRule = true;
    unproved = false;
    if (origin && live) {
      source = UtcSource.ARRIVAL;
      lag = latency;
      errorNanos = Settling.TOLERANCE_NANOS;
      forgetArrivals(nanoTime);
    }
  }

  /** Forgets the origin, after a step or for a new line of media time. */
  void restart() {
    settling = null;
    reports = new ReportedOffset();
    clocksAgree = false;
    origin = false;
    stepPending = false;
    mostOverlap = hostSteps.isConfirmed() ? STEP_NANOS : MOST_AHEAD_NANOS;
    suspicion.clear();
    hostSteps.restart();
  }

  /**
   * Returns UTC on this clock.
   *
   * @param ticks any media time; the clock must have an origin
   * @return nanoseconds since the Unix epoch
   */
  long utcNanos(long ticks) {
    return media(ticks) + offset;
  }

  /** Returns UTC of the host without its steps. */
  long hostUtc(long nanoTime, long utcNanos) {
    return hostSteps.peek(nanoTime, utcNanos);
  }

  /**
   * Returns how much later media came than its time says, beyond the usual delay, in nanoseconds;
   * the clock must have an origin.
   */
  long errorNanos(long ticks, long nanoTime, long utcNanos) {
    long later = hostSteps.peek(nanoTime, utcNanos) - media(ticks) - offset;
    return later - lagAt(later);
  }

  /** Notes that media time was wrong and has been corrected: what arrivals showed is forgotten. */
  void corrected(long ticks, long nanoTime) {
    lastMedia = Math.max(lastMedia, media(ticks));
    forgetArrivals(nanoTime);
  }

  private void forgetArrivals(long nanoTime) {
    minimum.clear();
    minimum.add(offset + lag, nanoTime);
    suspicion.clear();
  }

  /** Returns how much later media usually comes than its UTC says, beyond the known latency. */
  long lagNanos() {
    return lag - latency;
  }

  /** Returns UTC minus media time; the clock must have an origin. */
  long offsetNanos() {
    return offset;
  }

  /** Returns UTC minus media time as arrivals show it; the clock must have an origin. */
  long arrivalOffsetNanos() {
    return minimumOffset();
  }

  /** Returns whether a sender report has arrived, whether plausible or not. */
  boolean isReported() {
    return reports.isShown();
  }

  /**
   * Returns UTC minus media time as the last sender report shows it. The value is comparable with
   * that of a report of another track, whatever the camera's clock shows.
   */
  long reportedOffsetNanos() {
    return reports.last();
  }

  @Override
  public boolean isComparable() {
    return live && origin;
  }

  @Override
  public long aheadNanos(long ticks, long nanoTime, long utcNanos) {
    return media(ticks) + minimumOffset() - hostSteps.peek(nanoTime, utcNanos);
  }

  @Override
  public long dueTicks(long nanoTime, long utcNanos) {
    long media = hostSteps.peek(nanoTime, utcNanos) - offset - lag;
    return Ticks.convertRounded(media, Ticks.NANOS_PER_SECOND, clockRate);
  }

  private long minimumOffset() {
    return minimum.isEmpty() ? offset : minimum.value();
  }

  private long media(long ticks) {
    return Ticks.convert(ticks, clockRate, Ticks.NANOS_PER_SECOND);
  }

  private void follow(long media, long nanoTime) {
    if (unproved) {
      judgeReports();
    }
    if (source == UtcSource.ARRIVAL) {
      learnLatency();
      long off = minimum.value() - offset - lag;
      followTo(minimum.value() - latency, off < -STEP_NANOS || off > LATE_NANOS, media, nanoTime);
      stepPending |= hostSteps.isConfirmed();
    } else if (reports.isNear(minimum.value() - latency, senderReportTolerance)) {
      long target = reports.value();
      followTo(target, Math.abs(target - offset) > STEP_NANOS, media, nanoTime);
    } else if (latency > 0 && minimum.value() - latency < reports.value()) {
      // What was taken for the latency was a burst that stood still for a while.
      latency = 0;
      unproved = true;
      state(Math.max(errorNanos, minimum.value() - offset));
    } else if (!unproved && suspicion.isConfirmed(nanoTime)) {
      refuteReports();
    }
  }

  /**
   * Finds out, once media comes steadily and a second report has come, whether there was a burst,
   * which catches up with the reports, media always comes late, or the reports are wrong.
   */
  private void judgeReports() {
    long later = minimum.value() - offset;
    lag = lagAt(later);
    long followed = Math.abs(reports.value() - offset);
    narrow(Math.max(followed, Math.abs(later)) + Settling.TOLERANCE_NANOS);
    if (!Objects.requireNonNull(steady).isSettled()) {
      return;
    }
    if (reports.isNear(minimum.value(), senderReportTolerance)) {
      unproved = false;
      lag = later;
    } else if (reports.isRepeated()) {
      unproved = false;
      lag = later;
      if (reportsAgree() && reports.isNear(offset, senderReportTolerance)) {
        latency = minimum.value() - reports.value();
        state(Math.max(followed, reports.spread()) + Settling.TOLERANCE_NANOS);
      } else {
        refuteReports();
        stepPending |= later > senderReportTolerance;
      }
    }
  }

  /**
   * Learns the latency from reports that came only after the origin was fixed: they do not move the
   * origin, but show how late it is.
   */
  private void learnLatency() {
    if (latency == 0
        && clocksAgree
        && !reportsRefuted
        && !arrivalsRule
        && reportsAgree()
        && reports.isBefore(minimum.value(), LONGEST_BURST_NANOS)
        && !reports.isNear(minimum.value(), LEAST_LATENCY_NANOS)
        && Objects.requireNonNull(steady).isSettled()) {
      latency = minimum.value() - reports.value();
      state(arrivalErrorNanos());
    }
  }

  private boolean reportsAgree() {
    return reports.isRepeated() && reports.spread() <= senderReportTolerance / 2;
  }

  /**
   * Returns the lag of media that came this much later than its UTC. In a burst, media comes less
   * and less late while reports stay with UTC, so the lag shrinks.
   */
  private long lagAt(long later) {
    boolean burst = (unproved || latency > 0) && reports.isNear(offset, LEAST_LATENCY_NANOS);
    return burst ? Math.min(lag, Math.max(0, later)) : lag;
  }

  private void followTo(long target, boolean impossible, long media, long nanoTime) {
    if (impossible) {
      stepPending |= suspicion.isConfirmed(nanoTime);
      return;
    }
    suspicion.clear();
    // What arrivals varied by at the origin is no longer an error when none improves it.
    if (source == UtcSource.ARRIVAL && nanoTime - originNanoTime >= NARROW_NANOS) {
      narrow(arrivalErrorNanos());
    }
    long time = Math.max(0, Math.min(media - lastMedia, Ticks.NANOS_PER_SECOND));
    long usual = offset + lag;
    offset += slew(target - offset, time);
    lag = usual + slew(minimum.value() - usual, time) - offset;
  }

  private long arrivalErrorNanos() {
    return Math.abs(minimum.value() - latency - offset) + Settling.TOLERANCE_NANOS;
  }

  private void narrow(long error) {
    boolean suffices = error <= senderReportTolerance && errorNanos > senderReportTolerance;
    if (suffices || error < errorNanos / 2) {
      state(error);
    }
  }

  private void state(long error) {
    errorNanos = error;
    sourceChanged = true;
  }

  /** Stops following the reports: arrivals contradict them. */
  private void refuteReports() {
    suspicion.clear();
    reportsRefuted = true;
    source = UtcSource.ARRIVAL;
    state(arrivalErrorNanos());
  }

  private static long slew(long distance, long time) {
    long bounded = Math.max(-STEP_NANOS, Math.min(STEP_NANOS, distance));
    long limit = time * MAXIMUM_SLEW_PPM / 1_000_000;
    return Math.max(-limit, Math.min(limit, bounded * time / FOLLOW_NANOS));
  }
}
