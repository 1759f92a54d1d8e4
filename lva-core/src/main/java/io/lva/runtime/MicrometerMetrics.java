package io.lva.runtime;

import io.lva.spi.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics in a Micrometer registry. In a Prometheus registry, the metrics that Live Video Analytics
 * also has appear under the same names, for example {@code lva_received_bytes_total}.
 *
 * <p>Thread-safe. Needs {@code io.micrometer:micrometer-core}, which is optional.
 */
public final class MicrometerMetrics implements Metrics {
  private static final String SECONDS = ".seconds";
  private static final Map<String, Double> PARTS_OF_A_SECOND =
      Map.of(".milliseconds", 1e3, ".microseconds", 1e6);

  private final MeterRegistry registry;
  private final Map<List<String>, Slot> gauges = new ConcurrentHashMap<>();

  /**
   * The counters that this object registered; only these are ever withdrawn, because the registry
   * may have other users.
   */
  private final Map<io.micrometer.core.instrument.Counter, Tags> counters =
      new ConcurrentHashMap<>();

  /**
   * Creates metrics in a registry.
   *
   * @param registry the registry in which they appear
   */
  public MicrometerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Durations that are counted in fractions of a second are shown in seconds, the base unit of
   * Prometheus: {@code lva.recording.gap.milliseconds} as {@code lva_recording_gap_seconds_total}.
   *
   * @throws IllegalArgumentException when the last key has no value
   */
  @Override
  public Counter counter(String name, String... tags) {
    for (Map.Entry<String, Double> unit : PARTS_OF_A_SECOND.entrySet()) {
      if (name.endsWith(unit.getKey())) {
        String shown = name.substring(0, name.length() - unit.getKey().length()) + SECONDS;
        var seconds = register(shown, tags);
        return amount -> seconds.increment(amount / unit.getValue());
      }
    }
    return register(name, tags)::increment;
  }

  private io.micrometer.core.instrument.Counter register(String name, String... tags) {
    var counter =
        io.micrometer.core.instrument.Counter.builder(name)
            .description(MetricHelp.of(name))
            .tags(tags)
            .register(registry);
    counters.put(counter, Tags.of(tags));
    return counter;
  }

  @Override
  public void forget(String key, String value) {
    Tag tag = Tag.of(key, value);
    counters.forEach(
        (counter, tags) -> {
          if (tags.stream().anyMatch(tag::equals)) {
            counters.remove(counter);
            registry.remove(counter);
          }
        });
    for (List<String> name : List.copyOf(gauges.keySet())) {
      if (Tags.of(name.subList(1, name.size()).toArray(String[]::new)).stream()
          .anyMatch(tag::equals)) {
        gauges.computeIfPresent(name, (same, slot) -> withdrawn(slot));
      }
    }
  }

  private @Nullable Slot withdrawn(Slot slot) {
    if (slot.gauge != null) {
      registry.remove(slot.gauge);
    }
    return null;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where two gauges are published under the same name and tags, for example by a recording that
   * begins while the previous one is still being written out, the newer one is shown until it is
   * withdrawn, then the older one.
   *
   * @throws IllegalArgumentException when the last key has no value
   */
  @Override
  public Registration gauge(String name, DoubleSupplier value, String... tags) {
    List<String> key = Stream.concat(Stream.of(name), Stream.of(tags)).toList();
    Shown shown = new Shown(value);
    gauges.compute(
        key,
        (same, known) -> {
          if (known != null) {
            known.newestFirst.addFirst(shown);
            return known;
          }
          Slot slot = new Slot();
          slot.newestFirst.addFirst(shown);
          slot.gauge =
              Gauge.builder(name, slot::value)
                  .description(MetricHelp.of(name))
                  .strongReference(true)
                  .tags(tags)
                  .register(registry);
          return slot;
        });
    return () -> gauges.computeIfPresent(key, (same, slot) -> without(slot, shown));
  }

  private @Nullable Slot without(Slot slot, Shown shown) {
    slot.newestFirst.remove(shown);
    if (!slot.newestFirst.isEmpty()) {
      return slot;
    }
    return withdrawn(slot);
  }

  /** One value that was published; compared by identity. */
  private static final class Shown {
    private final DoubleSupplier value;

    Shown(DoubleSupplier value) {
      this.value = value;
    }
  }

  /** All values of one name and its tags; changed under the lock of the map. */
  private static final class Slot {
    private final Deque<Shown> newestFirst = new ConcurrentLinkedDeque<>();
    private @Nullable Gauge gauge;

    double value() {
      Shown newest = newestFirst.peekFirst();
      return newest == null ? Double.NaN : newest.value.getAsDouble();
    }
  }
}
