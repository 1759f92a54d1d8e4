package io.lva.spi;

import java.util.function.DoubleSupplier;

/**
 * The counters and gauges of nodes; backed by Micrometer, or by nothing.
 *
 * <p>Names are lower-case words joined by dots; tags are pairs of key and value. Counters of the
 * same name and tags add to the same count.
 *
 * <p>Thread-safe.
 */
public interface Metrics {
  /**
   * Finds or makes a counter.
   *
   * @param name for example {@code lva.received.bytes}
   * @param tags key, value, key, value, …
   * @return the counter
   */
  Counter counter(String name, String... tags);

  /**
   * Publishes a value that is read on demand.
   *
   * @param name for example {@code lva.recording.lag.seconds}
   * @param value cheap and thread-safe
   * @param tags key, value, key, value, …
   * @return a handle that withdraws the value
   */
  Registration gauge(String name, DoubleSupplier value, String... tags);

  /**
   * Withdraws everything that was counted or published under a tag, because the object that the tag
   * names was deleted. Counters requested later under the tag start at zero.
   *
   * @param key of the tag, such as {@code graph_instance}
   * @param value of the tag
   */
  default void forget(String key, String value) {
    // Where nothing is shown, nothing needs to be withdrawn.
  }

  /**
   * Returns metrics that discard everything.
   *
   * @return metrics whose counters and gauges have no effect
   */
  static Metrics none() {
    return new Metrics() {
      @Override
      public Counter counter(String name, String... tags) {
        return amount -> {};
      }

      @Override
      public Registration gauge(String name, DoubleSupplier value, String... tags) {
        return () -> {};
      }
    };
  }

  /** Counts upwards. */
  @FunctionalInterface
  interface Counter {
    /**
     * Adds to the count.
     *
     * @param amount zero or more
     */
    void add(long amount);
  }

  /** A handle that withdraws a gauge. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    /** Withdraws the gauge; may be called more than once. */
    @Override
    void close();
  }
}
