package io.lva.rtp;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Receives one stream of one connection: chooses its source, follows its sequence numbers and
 * passes its payloads on in order.
 *
 * <p>Confined to its media loop.
 */
final class RtpReceiver {
  private final TrackFormat format;
  private final Depacketizer depacketizer;
  private final ReceiverCounters counters;
  private final SourceFilter source;
  private final SequenceTracker sequence = new SequenceTracker();
  private final InterarrivalJitter jitter;
  private final Set<Integer> foreignTypes = new HashSet<>();
  private int lastReport;
  private long lastReportNanoTime;

  RtpReceiver(
      TrackFormat format,
      Depacketizer depacketizer,
      SourceFilter source,
      ReceiverCounters counters) {
    this.format = format;
    this.depacketizer = depacketizer;
    this.source = source;
    this.counters = counters;
    this.jitter = new InterarrivalJitter(format.clockRate());
    source.reset();
    if (format.ssrc().isPresent()) {
      announce(format.ssrc().getAsLong());
    }
  }

  /** Takes an announced synchronization source. */
  void announce(long ssrc) {
    source.announce((int) ssrc);
  }

  /** Returns the depacketizer of the stream. */
  Depacketizer depacketizer() {
    return depacketizer;
  }

  /**
   * Takes one packet.
   *
   * @return false when it is of another stream
   */
  boolean packet(RtpPacket packet, long nanoTime, long utcNanos) {
    if (packet.payloadType() != format.payloadType()) {
      foreignType(packet.payloadType());
      return false;
    }
    SourceFilter.Verdict verdict = source.accept(packet.ssrc());
    if (verdict == SourceFilter.Verdict.FOREIGN) {
      counters.foreignPackets++;
      counters.deviation("packets of another SSRC");
      return false;
    }
    if (verdict == SourceFilter.Verdict.CHANGED) {
      counters.deviation("SSRC changes");
      sequence.reset();
      depacketizer.lost();
    }
    own(packet, nanoTime, utcNanos);
    return true;
  }

  /** Returns whether a report of this source is about this stream. */
  boolean isOwn(int ssrc) {
    return !source.isSeen() || source.ssrc() == ssrc;
  }

  /** Notes a sender report for the next receiver report. */
  void senderReport(RtcpReader.SenderReport report, long nanoTime) {
    lastReport = report.compactNtp();
    lastReportNanoTime = nanoTime;
  }

  /** Writes a receiver report, empty when nothing was received. */
  ByteBuffer receiverReport(ReceiverReportWriter writer, long nanoTime) {
    if (!sequence.isStarted()) {
      return ByteBuffer.allocate(0);
    }
    return writer.write(
        source.ssrc(),
        sequence,
        jitter.ticks(),
        lastReport,
        Math.max(0, nanoTime - lastReportNanoTime));
  }

  private void foreignType(int payloadType) {
    counters.foreignPackets++;
    if (foreignTypes.add(payloadType)) {
      counters.deviation("packets of unknown payload type " + payloadType);
    }
  }

  private void own(RtpPacket packet, long nanoTime, long utcNanos) {
    counters.packets++;
    if (packet.isPaddingBroken()) {
      counters.deviation("RTP padding longer than the packet");
    }
    if (source.isMisled()) {
      counters.deviation("announced SSRC is wrong");
    }
    switch (sequence.accept(packet.sequenceNumber())) {
      case DUPLICATE -> {
        counters.duplicatePackets++;
        return;
      }
      case AFTER_LOSS -> {
        counters.lostPackets += sequence.missing();
        depacketizer.lost();
      }
      case RESTART -> {
        counters.deviation("RTP sequence numbers start anew");
        depacketizer.lost();
      }
      case IN_ORDER -> {}
    }
    jitter.packet(packet.timestamp(), nanoTime);
    depacketizer.packet(packet, nanoTime, utcNanos);
  }
}
