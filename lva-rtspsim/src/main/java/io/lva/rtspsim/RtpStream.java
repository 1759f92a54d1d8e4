package io.lva.rtspsim;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;

/**
 * The RTP stream of one client. It gives the packets that all clients share their numbers and
 * timestamps, and loses or repeats some when told to.
 *
 * <p>Confined to the event loop of the client.
 */
final class RtpStream {
  private static final int FIRST_DYNAMIC_TYPE = 96;
  private static final int HEADER_BYTES = 12;

  private final PacketOutput output;
  private final Faults faults;
  private final SimulatorCounters counters;
  private final SplittableRandom random;
  private final long ssrc;
  private final int payloadType;
  private final RtpClock clock;
  private int sequence;
  private long packets;
  private long octets;

  /**
   * Creates a stream without packets.
   *
   * @param track number of the track in its source
   * @param clockRate of the track
   * @param firstTicks time of the first packet
   */
  RtpStream(
      PacketOutput output,
      Faults faults,
      SimulatorCounters counters,
      SplittableRandom random,
      int track,
      int clockRate,
      long firstTicks) {
    this.output = output;
    this.faults = faults;
    this.counters = counters;
    this.random = random;
    ssrc = random.nextLong(1L << 32);
    sequence = random.nextInt(1 << 16);
    payloadType = payloadType(track);
    clock = new RtpClock(faults, clockRate, firstTicks, random.nextLong(1L << 32));
  }

  /** Returns the payload type of a track, given the track's number in the source. */
  static int payloadType(int track) {
    return FIRST_DYNAMIC_TYPE + track;
  }

  long ssrc() {
    return ssrc;
  }

  int nextSequence() {
    return sequence;
  }

  long timestamp(long ticks) {
    return clock.timestamp(ticks);
  }

  boolean ready() {
    return output.ready();
  }

  void send(MediaUnit unit) {
    PacketizedUnit content = unit.packets();
    long timestamp = clock.timestamp(unit.presentationTicks());
    output.begin(content.sizeBytes() + content.count() * HEADER_BYTES, content.count());
    for (int i = 0; i < content.count(); i++) {
      if (!happens(faults.packetLoss())) {
        packet(content, i, timestamp);
        if (happens(faults.duplicates())) {
          packet(content, i, timestamp);
        }
      }
      sequence = sequence + 1 & 0xffff;
    }
    output.flush();
    counters.sent(content.count(), content.sizeBytes());
  }

  /**
   * Sends a sender report which says that {@code ticks} of the source corresponds to {@code
   * utcNanos} plus the offset that {@link Faults} sets; does nothing when reports are off.
   */
  void report(long utcNanos, long ticks) {
    if (!faults.senderReports()) {
      return;
    }
    long shown = utcNanos + faults.senderReportOffsetNanos();
    SenderReport report = new SenderReport(ssrc, shown, clock.timestamp(ticks), packets, octets);
    output.begin(SenderReport.BYTES, 1);
    report.write(output.packet(true, SenderReport.BYTES));
    output.flush();
  }

  private void packet(PacketizedUnit content, int index, long timestamp) {
    int payloadBytes = content.payloadBytes(index);
    ByteBuf target = output.packet(false, HEADER_BYTES + payloadBytes);
    target.writeByte(0x80).writeByte(content.marker(index) ? 0x80 | payloadType : payloadType);
    target.writeShort(sequence).writeInt((int) timestamp).writeInt((int) ssrc);
    content.writePayload(index, target);
    packets++;
    octets += payloadBytes;
  }

  private boolean happens(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }
}
