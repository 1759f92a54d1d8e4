package io.lva.bench.system;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.spi.Metrics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The counters of the library, summed over all cameras, and the events that report dropped data.
 *
 * <p>Thread-safe.
 */
final class Counters implements Metrics, EventListener {
  /** The name of the counter of events that report dropped data. */
  static final String DROPPED = "events.DataDropped";

  private final ConcurrentMap<String, LongAdder> sums = new ConcurrentHashMap<>();

  Counters() {
    counter(DROPPED);
  }

  @Override
  public Counter counter(String name, String... tags) {
    LongAdder sum = sums.computeIfAbsent(name, unused -> new LongAdder());
    return sum::add;
  }

  @Override
  public Registration gauge(String name, DoubleSupplier value, String... tags) {
    return () -> {};
  }

  @Override
  public void event(EventRecord record) {
    if (record.event() instanceof GraphEvent.DataDropped) {
      counter(DROPPED).add(1);
    }
  }

  /** Returns all sums by name. */
  Map<String, Long> values() {
    Map<String, Long> values = new TreeMap<>();
    sums.forEach((name, sum) -> values.put(name, sum.sum()));
    return values;
  }
}
