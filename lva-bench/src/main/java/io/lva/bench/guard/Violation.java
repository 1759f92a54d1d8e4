package io.lva.bench.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A benchmark that is worse than its baseline, was not measured or has no baseline.
 *
 * <p>Immutable.
 *
 * @param benchmark the measurement of the baseline, or the new one when the baseline has none
 * @param what what is wrong, in words
 */
record Violation(Measurement benchmark, String what) {
  /** Byte counts in the baseline are rounded to a multiple of this, as object sizes are. */
  static final int ROUNDED_TO_BYTES = 8;

  private static final double MOST_BYTES = 1.01;

  /**
   * The largest accepted ratio of times: accepts noise, and catches a slowdown by a factor of 1.5.
   */
  private static final double MOST_TIME = 1.3;

  /**
   * Returns how a measurement is worse than the baseline, if it is; a figure that is not a number
   * always counts as worse.
   */
  static Optional<Violation> of(Measurement known, Measurement now) {
    List<String> what = new ArrayList<>();
    double mostBytes = known.bytesPerOperation() * MOST_BYTES + ROUNDED_TO_BYTES;
    if (!(now.bytesPerOperation() <= mostBytes)) {
      what.add(bytes(known, now));
    }
    if (!(now.timeRatio() <= known.timeRatio() * MOST_TIME)) {
      what.add(time(known, now));
    }
    return what.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation(known, String.join(", ", what)));
  }

  private static String bytes(Measurement known, Measurement now) {
    return String.format(
        Locale.ROOT,
        "allocates %.0f B per operation instead of %.0f",
        now.bytesPerOperation(),
        known.bytesPerOperation());
  }

  private static String time(Measurement known, Measurement now) {
    return String.format(
        Locale.ROOT,
        "takes %.2f times as long: %.3g reference loops instead of %.3g",
        now.timeRatio() / known.timeRatio(),
        now.timeRatio(),
        known.timeRatio());
  }

  @Override
  public String toString() {
    return benchmark.benchmark() + ": " + what;
  }
}
