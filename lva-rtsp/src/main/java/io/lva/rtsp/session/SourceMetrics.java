package io.lva.rtsp.session;

import io.lva.rtp.ReceiverStatistics;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.lva.spi.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes the totals of a receiver by adding their growth to counters.
 *
 * <p>Confined to its media loop.
 */
final class SourceMetrics {
  private final Rising packets;
  private final Rising lostPackets;
  private final Rising malformedPackets;
  private final Rising samples;
  private final Rising droppedAccessUnits;
  private final Rising gaps;
  private final Map<Deviation, Rising> deviations = new EnumMap<>(Deviation.class);
  private final Metrics metrics;

  SourceMetrics(Metrics metrics) {
    this.metrics = metrics;
    packets = new Rising(metrics.counter("lva.source.packets"));
    lostPackets = new Rising(metrics.counter("lva.source.packets.lost"));
    malformedPackets = new Rising(metrics.counter("lva.source.packets.malformed"));
    samples = new Rising(metrics.counter("lva.source.samples"));
    droppedAccessUnits = new Rising(metrics.counter("lva.source.access.units.dropped"));
    gaps = new Rising(metrics.counter("lva.source.gaps"));
  }

  void update(ReceiverStatistics statistics) {
    packets.riseTo(statistics.packets());
    lostPackets.riseTo(statistics.lostPackets());
    malformedPackets.riseTo(statistics.malformedPackets());
    samples.riseTo(statistics.samples());
    droppedAccessUnits.riseTo(statistics.droppedAccessUnits());
    gaps.riseTo(statistics.gaps());
  }

  /** Publishes how often each deviation was seen. */
  void updateDeviations(List<SeenDeviation> seen) {
    Map<Deviation, Long> counts = new EnumMap<>(Deviation.class);
    seen.forEach(each -> counts.merge(each.deviation(), each.count(), Long::sum));
    counts.forEach((deviation, count) -> rising(deviation).riseTo(count));
  }

  private Rising rising(Deviation deviation) {
    return deviations.computeIfAbsent(
        deviation,
        added -> new Rising(metrics.counter("lva.source.deviations", "deviation", added.text())));
  }

  /** A total that only rises. */
  private static final class Rising {
    private final Metrics.Counter counter;
    private long total;

    Rising(Metrics.Counter counter) {
      this.counter = counter;
    }

    void riseTo(long newTotal) {
      counter.add(Math.max(0, newTotal - total));
      total = Math.max(total, newTotal);
    }
  }
}
