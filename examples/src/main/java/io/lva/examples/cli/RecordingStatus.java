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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One line that sums up what is being recorded: how many of the cameras are connected, the bit
 * rate, and how old the newest written media is. It fits a terminal of 80 columns.
 *
 * <p>Thread-safe.
 */
final class RecordingStatus implements EventListener {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The metric that counts the bytes in the files of the recordings. */
  static final String WRITTEN_BYTES = "lva.recording.bytes";

  /** The number of seconds from which times are shown without a decimal. */
  private static final double LONGEST_IN_TENTHS = 60;

  private final int cameras;
  private final MeterRegistry registry;
  private final Set<String> connected = new HashSet<>();
  private final LongSupplier nanoTime;
  private final long begin;
  private int faults;
  private long lastNanos;
  private double lastBytes;
  private double bitsPerSecond;

  /**
   * Creates the status of a recording that begins now.
   *
   * @param cameras how many are to be recorded
   * @param registry of the metrics of the runtime
   * @param nanoTime clock that measures the time since then
   */
  RecordingStatus(int cameras, MeterRegistry registry, LongSupplier nanoTime) {
    this.cameras = cameras;
    this.registry = registry;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
    this.lastNanos = begin;
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
    long now = nanoTime.getAsLong();
    if (now - lastNanos >= NANOS_PER_SECOND) {
      double bytes = sum(MetricNames.RECEIVED_BYTES);
      bitsPerSecond = (bytes - lastBytes) * 8 * NANOS_PER_SECOND / (now - lastNanos);
      lastBytes = bytes;
      lastNanos = now;
    }
    return HumanText.of(Duration.ofSeconds((now - begin) / NANOS_PER_SECOND))
        + String.format(Locale.ROOT, "  %d/%d connected", connected.size(), cameras)
        + String.format(
            Locale.ROOT,
            bitsPerSecond < 1e8 ? "  %.1f Mbit/s  " : "  %.0f Mbit/s  ",
            bitsPerSecond / 1e6)
        + written()
        + (faults == 0 ? "" : "  " + HumanText.count(faults, "fault"));
  }

  /** Returns how old the newest written media is in the recording that is furthest behind. */
  private String written() {
    if (sum(WRITTEN_BYTES) == 0) {
      return "nothing written yet";
    }
    OptionalDouble lag = lagSeconds();
    if (lag.isEmpty()) {
      return "not recording";
    }
    double seconds = lag.getAsDouble();
    return "written "
        + (seconds < LONGEST_IN_TENTHS
            ? String.format(Locale.ROOT, "%.1f s", seconds)
            : HumanText.of(Duration.ofSeconds(Math.round(seconds))))
        + " ago";
  }

  private double sum(String counter) {
    return registry.find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** Returns the lag of the recording that is furthest behind, in seconds. */
  private OptionalDouble lagSeconds() {
    return registry.find(MetricNames.RECORDING_LAG_SECONDS).gauges().stream()
        .mapToDouble(Gauge::value)
        .filter(Double::isFinite)
        .max();
  }
}
