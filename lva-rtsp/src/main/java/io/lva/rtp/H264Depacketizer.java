package io.lva.rtp;

import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import java.nio.ByteBuffer;

/**
 * Rebuilds H.264 access units from RTP payloads (RFC 6184, packetization modes 0 and 1).
 *
 * <p>Accepts what the RFC forbids and cameras send: byte streams inside payloads, fragments with
 * both start and end, without end, without bytes, with another type than the first one. A lost
 * packet drops the access unit it belongs to. Payload bytes are copied once, into the sample.
 *
 * <p>Confined to its media loop.
 */
final class H264Depacketizer implements Depacketizer {
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private final ReceiverCounters counters;
  private final Output output;
  private final H264ParameterSets parameterSets;
  private final H264AccessUnits units;
  private final H264NalUnits nalUnits;

  /**
   * Makes a depacketizer for one connection.
   *
   * @param format of the stream, with {@code sprop-parameter-sets} if the camera has them
   * @param options limits
   * @param slabs memory of samples
   * @param counters notes deviations
   * @param output takes access units
   */
  H264Depacketizer(
      TrackFormat format,
      ReceiverOptions options,
      SlabPool slabs,
      ReceiverCounters counters,
      Output output) {
    this.counters = counters;
    this.output = output;
    parameterSets = new H264ParameterSets(counters);
    units = new H264AccessUnits(options, slabs, parameterSets, counters, output);
    nalUnits = new H264NalUnits(units, counters);
    String described = format.formatParameters().get("sprop-parameter-sets");
    if (described == null || described.isBlank()) {
      counters.deviation("no parameter sets in the SDP");
    } else {
      parameterSets.sessionDescription(described);
    }
  }

  @Override
  public void packet(RtpPacket packet, long nanoTime, long utcNanos) {
    units.packet(packet.timestamp(), nanoTime, utcNanos);
    int length = packet.payloadLength();
    if (length == 0) {
      counters.deviation("RTP packets without payload");
    } else {
      payload(packet.buffer(), packet.payloadStart(), packet.payloadStart() + length);
    }
    if (packet.marker() && !nalUnits.isOpen()) {
      units.marker();
    }
  }

  @Override
  public void lost() {
    nalUnits.abandon();
    units.lost();
    output.missing(GapCause.PACKET_LOSS);
  }

  @Override
  public void flush() {
    if (nalUnits.isOpen()) {
      nalUnits.abandon();
    }
    units.close();
  }

  @Override
  public ParameterSetOrigin parameterSets() {
    return parameterSets.origin();
  }

  private void payload(ByteBuffer buffer, int from, int to) {
    int type = buffer.get(from) & 0x1f;
    if (type == FU_A) {
      fragment(buffer, from, to);
      return;
    }
    closeUnfinished();
    if (type == STAP_A) {
      aggregate(buffer, from + 1, to);
    } else if (type > STAP_A && type < 30) {
      counters.deviation("packetization mode 2 (NAL unit type " + type + ")");
      units.damaged();
    } else {
      single(buffer, from, to);
    }
  }

  private void single(ByteBuffer buffer, int from, int to) {
    if (StartCodes.find(buffer, from, Math.min(to, from + 4)) >= 0) {
      nalUnits.beginByteStream();
      nalUnits.append(buffer, from, to);
    } else {
      nalUnits.begin(buffer.get(from));
      nalUnits.append(buffer, from + 1, to);
    }
    nalUnits.end();
  }

  private void aggregate(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at + 2 <= to) {
      int size = RtpPacket.unsignedShort(buffer, at);
      at += 2;
      if (size > to - at) {
        counters.deviation("STAP-A cut short");
        units.damaged();
        return;
      }
      if (size == 0) {
        counters.deviation("STAP-A with empty NAL units or padding");
        continue;
      }
      single(buffer, at, at + size);
      at += size;
    }
  }

  private void fragment(ByteBuffer buffer, int from, int to) {
    if (to - from < 2) {
      counters.deviation("FU-A without header");
      closeUnfinished();
      units.damaged();
      return;
    }
    int fragmentHeader = buffer.get(from + 1);
    boolean start = (fragmentHeader & 0x80) != 0;
    boolean end = (fragmentHeader & 0x40) != 0;
    noteFragment(start, end, to - from);
    if (start) {
      closeUnfinished();
      nalUnits.begin((buffer.get(from) & 0xe0) | (fragmentHeader & 0x1f));
    } else if (!nalUnits.isOpen()) {
      units.damaged();
      return;
    }
    nalUnits.append(buffer, from + 2, to);
    if (end) {
      nalUnits.end();
    }
  }

  private void noteFragment(boolean start, boolean end, int length) {
    if (start && end) {
      counters.deviation("FU-A with both start and end");
    }
    if (length == 2) {
      counters.deviation("FU-A without bytes");
    }
  }

  /** Ends a fragmented NAL unit whose end never came; no packet is missing, so it is whole. */
  private void closeUnfinished() {
    if (nalUnits.isOpen()) {
      counters.deviation("FU-A without end");
      nalUnits.end();
    }
  }
}
