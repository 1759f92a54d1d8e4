package io.lva.rtp;

import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.RtpPacket;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives one stream of one connection: chooses its source, restores the order of its packets,
 * follows its sequence numbers and passes its payloads on.
 *
 * <p>Confined to its media loop.
 */
final class StreamReceiver {
  private final TrackFormat format;
  private final Depacketizer depacketizer;
  private final ReceiverCounters counters;
  private final SourceFilter source;
  private final Runnable newSource;
  private final SequenceTracker sequence = new SequenceTracker();
  private final InterarrivalJitter jitter;
  private final List<HeldPacket> rivals = new ArrayList<>();
  private final RtpPacket packet = new RtpPacket();
  private final @Nullable ReorderBuffer reorder;
  private int lastReport;
  private long lastReportNanoTime;

  /**
   * Creates a receiver without packets.
   *
   * @param format of the stream
   * @param depacketizer takes payloads in order
   * @param source chooses the source of this stream, in all connections
   * @param newSource told when packets of another source follow
   * @param options how long packets wait for earlier ones
   * @param ordered whether the transport keeps the order
   * @param counters counts what the receiver does
   */
  StreamReceiver(
      TrackFormat format,
      Depacketizer depacketizer,
      SourceFilter source,
      Runnable newSource,
      ReceiverOptions options,
      boolean ordered,
      ReceiverCounters counters) {
    this.format = format;
    this.depacketizer = depacketizer;
    this.source = source;
    this.newSource = newSource;
    this.counters = counters;
    this.jitter = new InterarrivalJitter(format.clockRate());
    this.reorder =
        ordered
            ? null
            : new ReorderBuffer(options.reorderNanos(), options.reorderPackets(), this::ordered);
    source.reset(options.rivalHoldNanos());
    if (format.ssrc().isPresent()) {
      announce(format.ssrc().getAsLong());
    }
  }

  /** Takes an announced synchronization source. */
  void announce(long ssrc) {
    source.announce((int) ssrc);
  }

  /** Returns the number of the stream. */
  int track() {
    return format.track();
  }

  /** Returns the depacketizer of the stream. */
  Depacketizer depacketizer() {
    return depacketizer;
  }

  /**
   * Delivers what waits and is complete, and drops what comes from another source: no packet
   * follows.
   */
  void flush() {
    dropRivals();
    if (reorder != null) {
      reorder.flush();
    }
    depacketizer.flush();
  }

  /**
   * Takes one packet.
   *
   * @return true when it belongs to the stream; false when it is malformed, or of another payload
   *     type or source
   */
  boolean packet(ByteBuffer bytes, long nanoTime, long utcNanos) {
    if (!read(bytes)) {
      counters.malformedPackets++;
      counters.deviations.at("packet that is not RTP");
      counters.deviations.note(
          Deviation.NOT_RTP, "{0} bytes on track {1}", bytes.remaining(), format.track());
      return false;
    }
    if (packet.payloadType() != format.payloadType()) {
      foreignType(packet.payloadType());
      return false;
    }
    SourceFilter.Verdict verdict = source.accept(packet.ssrc(), nanoTime);
    switch (verdict) {
      case OWN -> dropRivals();
      case NEW_RIVAL -> {
        dropRivals();
        rivals.add(HeldPacket.copyOf(bytes, nanoTime, utcNanos));
        return false;
      }
      case RIVAL -> {
        rivals.add(HeldPacket.copyOf(bytes, nanoTime, utcNanos));
        return false;
      }
      case CHANGED, CHOSEN -> {
        change(verdict == SourceFilter.Verdict.CHANGED);
        read(bytes);
      }
    }
    own(bytes, nanoTime, utcNanos);
    return true;
  }

  /** Returns whether a report from this source is about this stream. */
  boolean isOwn(int ssrc) {
    return !source.isSeen() || source.ssrc() == ssrc;
  }

  /** Notes a sender report for the next receiver report. */
  void senderReport(RtcpReader.SenderTimes report, long nanoTime) {
    lastReport = report.compactNtp();
    lastReportNanoTime = nanoTime;
  }

  /** Writes a receiver report, which is empty when nothing was received. */
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
    counters.deviations.note(
        Deviation.UNKNOWN_PAYLOAD_TYPE,
        "payload type {0} instead of {1}",
        payloadType,
        format.payloadType());
  }

  private void dropRivals() {
    if (!rivals.isEmpty()) {
      counters.foreignPackets += rivals.size();
      counters.deviations.note(Deviation.ANOTHER_SSRC, "{0} packets", rivals.size());
      rivals.clear();
    }
  }

  /**
   * Switches to another source, and first takes the packets that were held while it was a rival.
   */
  private void change(boolean during) {
    if (during) {
      counters.deviations.note(
          Deviation.SSRC_CHANGES, "to {0}", Integer.toUnsignedLong(source.ssrc()));
      if (reorder != null) {
        reorder.reset();
      }
      sequence.reset();
      depacketizer.flush();
      newSource.run();
    } else {
      counters.deviations.note(
          Deviation.ANNOUNCED_SSRC_WRONG,
          "packets come of {0}",
          Integer.toUnsignedLong(source.ssrc()));
    }
    List<HeldPacket> earlier = List.copyOf(rivals);
    rivals.clear();
    for (HeldPacket held : earlier) {
      read(held.bytes());
      own(held.bytes(), held.nanoTime(), held.utcNanos());
    }
  }

  /** Reads the header of a packet; deviations noted from now on are about this packet. */
  private boolean read(ByteBuffer bytes) {
    boolean understood = packet.read(bytes);
    if (understood) {
      counters.deviations.atPacket(format.track(), packet.sequenceNumber(), packet.timestamp());
    }
    return understood;
  }

  /** Takes a packet of the stream's own source, whose header was read. */
  private void own(ByteBuffer bytes, long nanoTime, long utcNanos) {
    if (reorder == null) {
      follow(nanoTime, utcNanos);
      return;
    }
    reorder.packet(packet.sequenceNumber(), bytes, nanoTime, utcNanos);
    counters.duplicatePackets += reorder.takeDuplicates();
  }

  private void ordered(ByteBuffer bytes, long nanoTime, long utcNanos) {
    read(bytes);
    follow(nanoTime, utcNanos);
  }

  /** Passes on the packet that was read last, whose turn it is. */
  private void follow(long nanoTime, long utcNanos) {
    counters.packets++;
    if (packet.isPaddingBroken()) {
      counters.deviations.note(
          Deviation.PADDING_TOO_LONG, "payload of {0} bytes", packet.payloadLength());
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
        counters.deviations.note(Deviation.SEQUENCE_RESTARTS, "at {0}", packet.sequenceNumber());
        depacketizer.lost();
      }
      case IN_ORDER -> {}
    }
    jitter.packet(packet.timestamp(), nanoTime);
    depacketizer.packet(packet, nanoTime, utcNanos);
  }
}
