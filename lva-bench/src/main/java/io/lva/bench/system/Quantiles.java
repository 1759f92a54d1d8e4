package io.lva.bench.system;

import java.util.List;

/**
 * The distribution of measured values.
 *
 * <p>Immutable.
 *
 * @param count number of values; when it is 0, so are all others
 * @param median half of the values are at most this
 * @param p99 99 of 100 are at most this
 * @param p999 999 of 1000 are at most this
 * @param maximum the largest
 */
record Quantiles(int count, double median, double p99, double p999, double maximum) {
  static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0);

  /** Returns the distribution of some values, in any order. */
  static Quantiles of(List<Double> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    List<Double> sorted = values.stream().sorted().toList();
    return new Quantiles(
        sorted.size(),
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 0.999),
        sorted.get(sorted.size() - 1));
  }

  private static double at(List<Double> sorted, double quantile) {
    int index = (int) Math.ceil(sorted.size() * quantile) - 1;
    return sorted.get(Math.max(0, index));
  }
}
