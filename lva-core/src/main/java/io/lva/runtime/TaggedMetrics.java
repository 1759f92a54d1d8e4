package io.lva.runtime;

import io.lva.spi.Metrics;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Metrics that carry the same tags. Immutable. */
final class TaggedMetrics implements Metrics {
  private final Metrics target;
  private final String[] tags;

  /**
   * Creates metrics with tags.
   *
   * @param tags key, value, key, value, …
   */
  TaggedMetrics(Metrics target, String... tags) {
    this.target = target;
    this.tags = tags.clone();
  }

  @Override
  public Counter counter(String name, String... more) {
    return target.counter(name, join(more));
  }

  @Override
  public Registration gauge(String name, DoubleSupplier value, String... more) {
    return target.gauge(name, value, join(more));
  }

  @Override
  public void forget(String key, String value) {
    target.forget(key, value);
  }

  private String[] join(String... more) {
    return Stream.of(tags, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
