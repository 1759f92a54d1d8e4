package io.lva.bench.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A benchmark that is worse than its baseline.
 *
 * <p>Immutable.
 *
 * @param benchmark its name
 * @param what is wrong, in words
 */
record Violation(Measurement benchmark, String what) {
  /** Bytes of the baseline are multiples of this, as objects are. */
  static final int ROUNDED_TO_BYTES = 8;

  private static final double MOST_BYTES = 1.01;

  /** Accepts noise, and catches a slow-down of 1.5. */
  private static final double MOST_TIME = 1.3;

  /** Compares; a figure that is not a number is worse than any. */
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
