package io.lva.bench.guard;

import java.util.Collection;
import org.openjdk.jmh.results.IterationResult;

/**
 * The result of one benchmark.
 *
 * <p>Immutable.
 *
 * @param benchmark class and method, with parameters if it has any
 * @param bytesPerOperation memory allocated by one operation
 * @param timeRatio time of one operation, as a multiple of the reference loop in the same run
 */
record Measurement(String benchmark, double bytesPerOperation, double timeRatio) {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  /**
   * Summarizes iterations. The smallest figures count: other work on the machine, and compilation,
   * can only add to them.
   */
  static Measurement of(String benchmark, Collection<IterationResult> iterations) {
    double bytes = smallest(iterations, ALLOCATION);
    double operation = smallest(iterations, ReferenceProfiler.OPERATION);
    double reference = smallest(iterations, ReferenceProfiler.REFERENCE);
    return new Measurement(benchmark, bytes, operation / reference);
  }

  private static double smallest(Collection<IterationResult> iterations, String name) {
    return iterations.stream()
        .flatMap(iteration -> iteration.getSecondaryResults().values().stream())
        .filter(result -> result.getLabel().endsWith(name))
        .mapToDouble(result -> result.getScore())
        .min()
        .orElse(Double.NaN);
  }

  /** Combines two measurements of one benchmark: each figure is the smaller of the two. */
  Measurement best(Measurement other) {
    return new Measurement(
        benchmark,
        Math.min(bytesPerOperation, other.bytesPerOperation),
        Math.min(timeRatio, other.timeRatio));
  }

  /** Returns class and method. */
  String method() {
    return benchmark.replaceFirst(" .*", "");
  }
}
