package io.lva.bench.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The accepted cost of each benchmark on one version of Java.
 *
 * <p>Immutable.
 *
 * @param measurements keyed by the name of the benchmark
 */
record Baseline(Map<String, Measurement> measurements) {
  private static final double MUCH_FASTER = 0.75;

  Baseline {
    measurements = Map.copyOf(measurements);
  }

  static Baseline of(Collection<Measurement> measurements) {
    Map<String, Measurement> byName = new TreeMap<>();
    measurements.forEach(each -> byName.put(each.benchmark(), each));
    return new Baseline(byName);
  }

  /**
   * Compares measurements with the baseline.
   *
   * @param measured the new measurements of all guarded benchmarks
   * @return the violations: each benchmark that is worse than the baseline allows or was not
   *     measured, then each that the baseline does not have, both sorted by name
   */
  List<Violation> violations(Collection<Measurement> measured) {
    Map<String, Measurement> found = new TreeMap<>(of(measured).measurements);
    List<Violation> violations = new ArrayList<>();
    for (Measurement known : new TreeMap<>(measurements).values()) {
      Measurement now = found.remove(known.benchmark());
      if (now == null) {
        violations.add(new Violation(known, "was not measured"));
      } else {
        Violation.of(known, now).ifPresent(violations::add);
      }
    }
    found.values().forEach(each -> violations.add(new Violation(each, "is not in the baseline")));
    return violations;
  }

  /**
   * Finds benchmarks that take less than three quarters of their time in the baseline. Such a
   * baseline would not report the loss of the whole gain.
   *
   * @param measured the new measurements of all guarded benchmarks
   * @return their names
   */
  List<String> outdated(Collection<Measurement> measured) {
    List<String> names = new ArrayList<>();
    for (Measurement now : measured) {
      Measurement known = measurements.get(now.benchmark());
      if (known != null && now.timeRatio() < known.timeRatio() * MUCH_FASTER) {
        names.add(now.benchmark());
      }
    }
    return names;
  }
}
