package io.lva.media;

/**
 * Integer arithmetic on media time.
 *
 * <p>A tick is one unit of a timescale (ticks per second). Conversions never go through floating
 * point and do not overflow where the result fits: {@code ticks * to} alone would overflow 63 bits
 * when 90 kHz ticks since the Unix epoch are converted to nanoseconds.
 *
 * <p>Immutable.
 */
public final class Ticks {
  /** Nanoseconds in a second: the timescale of UTC in this library. */
  public static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Ticks() {}

  /**
   * Converts between timescales, rounding towards negative infinity.
   *
   * @param ticks any time in units of {@code 1/from} second
   * @param from ticks per second of the argument, positive
   * @param to ticks per second of the result, positive
   * @return the time in units of {@code 1/to} second
   * @throws ArithmeticException when the result does not fit 64 bits
   */
  public static long convert(long ticks, long from, long to) {
    if (from == to) {
      return ticks;
    }
    long seconds = Math.floorDiv(ticks, from);
    long rest = Math.floorMod(ticks, from);
    return Math.addExact(Math.multiplyExact(seconds, to), Math.multiplyExact(rest, to) / from);
  }

  /**
   * Converts between timescales, rounding half up.
   *
   * @param ticks any time in units of {@code 1/from} second
   * @param from ticks per second of the argument, positive
   * @param to ticks per second of the result, positive
   * @return the nearest time in units of {@code 1/to} second
   * @throws ArithmeticException when the result does not fit 64 bits
   */
  public static long convertRounded(long ticks, long from, long to) {
    if (from == to) {
      return ticks;
    }
    long seconds = Math.floorDiv(ticks, from);
    long rest = Math.floorMod(ticks, from);
    return Math.addExact(
        Math.multiplyExact(seconds, to), (Math.multiplyExact(rest, to) + from / 2) / from);
  }
}
