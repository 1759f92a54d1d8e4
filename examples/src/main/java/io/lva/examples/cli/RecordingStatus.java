package io.lva.examples.cli;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.spi.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * One line that sums up what is being recorded: the number of cameras, the bit rate, and how far
 * writing is behind.
 *
 * <p>Thread-safe.
 */
final class RecordingStatus implements EventListener {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int cameras;
  private final MeterRegistry registry;
  private final Set<String> connected = new HashSet<>();
  private final long begin = System.nanoTime();
  private int faults;
  private long lastNanos = begin;
  private double lastBytes;
  private double bitsPerSecond;

  RecordingStatus(int cameras, MeterRegistry registry) {
    this.cameras = cameras;
    this.registry = registry;
  }

  @Override
  public synchronized void event(EventRecord record) {
    GraphEvent event = record.event();
    if (event instanceof GraphEvent.MediaSessionEstablished) {
      connected.add(record.instance());
    } else if (EventText.fault(event).isPresent()) {
      faults++;
      if (!(event instanceof GraphEvent.StorageError)) {
        connected.remove(record.instance());
      }
    }
  }

  /** Returns the line; the bit rate is that of the last second. */
  synchronized String line() {
    long now = System.nanoTime();
    if (now - lastNanos >= NANOS_PER_SECOND) {
      double bytes = receivedBytes();
      bitsPerSecond = (bytes - lastBytes) * 8 * NANOS_PER_SECOND / (now - lastNanos);
      lastBytes = bytes;
      lastNanos = now;
    }
    return String.format(
        Locale.ROOT,
        "%s  %d of %d cameras connected  %.1f Mbit/s  written up to %.1f s ago%s",
        HumanText.of(Duration.ofNanos(now - begin)),
        connected.size(),
        cameras,
        bitsPerSecond / 1e6,
        lagSeconds(),
        faults == 0 ? "" : "  " + faults + (faults == 1 ? " fault" : " faults"));
  }

  private double receivedBytes() {
    return registry.find(MetricNames.RECEIVED_BYTES).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Returns how far the recording that is furthest behind is, in seconds. */
  private double lagSeconds() {
    return registry.find(MetricNames.RECORDING_LAG_SECONDS).gauges().stream()
        .mapToDouble(Gauge::value)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }
}
