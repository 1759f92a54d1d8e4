package io.lva.runtime;

import io.lva.spi.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;

/**
 * Metrics in a Micrometer registry. A Prometheus registry shows them under the names of Live Video
 * Analytics, for example {@code lva_received_bytes_total}.
 *
 * <p>Thread-safe. Needs {@code io.micrometer:micrometer-core}, which is optional.
 */
public final class MicrometerMetrics implements Metrics {
  private final MeterRegistry registry;

  /**
   * Makes metrics in a registry.
   *
   * @param registry where they appear
   */
  public MicrometerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Counter counter(String name, String... tags) {
    return registry.counter(name, tags)::increment;
  }

  @Override
  public Registration gauge(String name, DoubleSupplier value, String... tags) {
    Gauge gauge =
        Gauge.builder(name, value::getAsDouble).strongReference(true).tags(tags).register(registry);
    return () -> registry.remove(gauge);
  }
}
