package com.example.store;

import io.lva.spi.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Shows the gauges of one sink. Thread-safe. */
final class Gauges implements Metrics {
  private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

  /** Returns the present value. */
  double of(String name) {
    return values.get(name).getAsDouble();
  }

  @Override
  public Counter counter(String name, String... tags) {
    return amount -> {};
  }

  @Override
  public Registration gauge(String name, DoubleSupplier value, String... tags) {
    values.put(name, value);
    return () -> values.remove(name, value);
  }
}
