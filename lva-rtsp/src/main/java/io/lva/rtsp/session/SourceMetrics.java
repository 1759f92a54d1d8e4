package io.lva.rtsp.session;

import io.lva.rtp.ReceiverStatistics;
import io.lva.spi.Metrics;

/**
 * Publishes what a receiver counts, as differences.
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

  SourceMetrics(Metrics metrics) {
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
