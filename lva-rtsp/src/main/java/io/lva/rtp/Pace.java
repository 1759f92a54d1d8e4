package io.lva.rtp;

import io.lva.media.Ticks;
import org.jspecify.annotations.Nullable;

/**
 * Compares the media time of a camera with the time of arrival, and corrects media time while the
 * camera's clock is wrong.
 *
 * <p>Each arrival shows an <em>error</em>: how much later media came than its time says, beyond the
 * usual delay. {@link ClockJudge} tells from these errors whether the clock is wrong. If it is,
 * media time is scaled from there on by the rate that was measured, and for some seconds by a
 * little more or less, until the error is gone.
 *
 * <p>While media arrives well before it can exist, media time hardly advances, until the clock is
 * judged or the burst is over. So time goes on without a hole and without a step back, and never
 * runs ahead of arrivals by more than half a second.
 *
 * <p>Confined to its media loop.
 */
final class Pace {
  private static final long CONVERGE_NANOS = 2_000_000_000L;

  /** Media time is squeezed when its error is below this: media is too far ahead of its arrival. */
  private static final long AHEAD_NANOS = -500_000_000L;

  /** Squeezing ends when the error is above this. */
  private static final long SQUEEZED_NANOS = -200_000_000L;

  /** How much a measured slope may be off, as a fraction of the slope. */
  private static final double SLOPE_TOLERANCE = 0.1;

  private static final long UNIT = 100_000_000L;
  private static final long MAXIMUM_RATE = 64 * UNIT;
  private static final long MINIMUM_RATE = UNIT / 64;

  private final int clockRate;
  private final ClockJudge judge = new ClockJudge();
  private Polyline line = new Polyline(0, 0, UNIT, null);

  /** The line without squeezing, by which the clock is judged. */
  private Polyline straight = line;

  private Phase phase = Phase.STEADY;
  private long steadyRate = UNIT;
  private long last;

  /**
   * Maps media time to corrected media time: a straight line that begins at an anchor and ends
   * where the next line begins.
   */
  private record Polyline(long in, long out, long rate, @Nullable Polyline next) {
    long at(long ticks) {
      if (next != null && ticks >= next.in) {
        return next.at(ticks);
      }
      return rate == UNIT ? out + (ticks - in) : out + Ticks.convert(ticks - in, UNIT, rate);
    }

    Polyline turn(long ticks, long newRate) {
      return new Polyline(ticks, at(ticks), newRate, null);
    }

    /** Returns this line up to a media time, followed by a line with another rate. */
    Polyline until(long ticks, long newRate) {
      return new Polyline(in, out, rate, turn(ticks, newRate));
    }
  }

  /** What is being done about media time. */
  private interface Phase {
    /** Media time advances at the rate that was measured last. */
    Phase STEADY = (error, nanoTime) -> false;

    /** Media time hardly advances. */
    Phase SQUEEZING = (error, nanoTime) -> error > SQUEEZED_NANOS;

    boolean isOver(long error, long nanoTime);

    /** Returns how far media time is still off while it is brought back. */
    default long remainingNanos(long nanoTime) {
      return 0;
    }
  }

  /** Media time is brought back from an error within a given time. */
  private record Converging(long error, long endNanoTime, long nanos) implements Phase {
    @Override
    public boolean isOver(long currentError, long nanoTime) {
      return nanoTime >= endNanoTime;
    }

    @Override
    public long remainingNanos(long nanoTime) {
      return (long) ((double) Math.abs(error) * Math.max(0, endNanoTime - nanoTime) / nanos);
    }
  }

  /**
   * Creates a pace for a clock that is assumed to be right.
   *
   * @param clockRate ticks of media time per second
   */
  Pace(int clockRate) {
    this.clockRate = clockRate;
  }

  /** Places media time on the corrected line. */
  long apply(long ticks) {
    return line.at(ticks);
  }

  /** Returns where media time would be placed if it were not squeezed after the last arrival. */
  long expect(long ticks) {
    return straight.at(ticks) - straight.at(last) + line.at(last);
  }

  /**
   * Returns the uncorrected media time that belongs to a corrected one, assuming that media time
   * goes on from the last arrival at the steady rate.
   */
  long invert(long ticks) {
    return last + Ticks.convert(ticks - line.at(last), steadyRate, UNIT);
  }

  /**
   * Returns whether media time is being squeezed or brought back; while it is, arrivals do not show
   * the offset to UTC.
   */
  boolean isConverging() {
    return phase != Phase.STEADY;
  }

  /** Returns how far media time is still off while it is brought back; 0 at other times. */
  long remainingNanos(long nanoTime) {
    return phase.remainingNanos(nanoTime);
  }

  /**
   * Takes one arrival.
   *
   * @param ticks its media time, not corrected
   * @param error how much later it came than its corrected time says, in nanoseconds
   * @param lag the usual delay in nanoseconds, which errors do not include; a correction removes
   *     this delay too
   * @param nanoTime when it came, monotonic time
   * @return true when the clock was found wrong and a correction begins
   */
  boolean observe(long ticks, long error, long lag, long nanoTime) {
    last = ticks;
    if (phase.isOver(error, nanoTime)) {
      line = phase == Phase.SQUEEZING ? line.turn(ticks, steadyRate) : line;
      phase = Phase.STEADY;
    } else if (phase != Phase.SQUEEZING && error < AHEAD_NANOS - remainingNanos(nanoTime)) {
      straight = phase == Phase.STEADY ? straight : line.turn(ticks, steadyRate);
      line = line.turn(ticks, MINIMUM_RATE);
      phase = Phase.SQUEEZING;
    }
    if (phase instanceof Converging
        || !judge.isWrong(error - squeezedNanos(), nominalSlope(), nanoTime)) {
      return false;
    }
    correct(judge.verdict(nanoTime), lag, nanoTime);
    return true;
  }

  /**
   * Ends any correction and goes on at the steady rate: arrivals will show anew where media time
   * belongs.
   */
  void settle() {
    line = line.turn(last, steadyRate);
    straight = line;
    phase = Phase.STEADY;
    judge.restart();
  }

  private void correct(ClockJudge.Verdict verdict, long lag, long nanoTime) {
    long error = verdict.error() + squeezedNanos() + lag;
    steadyRate =
        agree(verdict.slope(), nominalSlope())
            ? UNIT
            : bounded(Math.round(steadyRate / (1 - verdict.slope())));
    long nanos = error > 0 ? CONVERGE_NANOS : Math.max(CONVERGE_NANOS, -error * 5 / 4);
    long rate = bounded(Math.round(steadyRate * (1 + (double) error / nanos)));
    long length = Ticks.convert(nanos, Ticks.NANOS_PER_SECOND, clockRate);
    line = line.turn(last, rate).until(last + Ticks.convert(length, steadyRate, UNIT), steadyRate);
    straight = line;
    phase = new Converging(error, nanoTime + nanos, nanos);
  }

  /** Returns by how much the error grows per unit of time when the clock has its nominal rate. */
  private double nominalSlope() {
    return 1 - (double) steadyRate / UNIT;
  }

  /** Returns whether two slopes are the same, as far as they can be measured. */
  static boolean agree(double slope, double other) {
    return Math.abs(slope - other) <= SLOPE_TOLERANCE * Math.abs(other);
  }

  private long squeezedNanos() {
    return Ticks.convert(straight.at(last) - line.at(last), clockRate, Ticks.NANOS_PER_SECOND);
  }

  private static long bounded(long value) {
    return Math.max(MINIMUM_RATE, Math.min(MAXIMUM_RATE, value));
  }
}
