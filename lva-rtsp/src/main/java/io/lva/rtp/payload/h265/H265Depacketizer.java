package io.lva.rtp.payload.h265;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.RtpPacket;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtp.payload.nal.AccessUnits;
import io.lva.rtp.payload.nal.NalUnitStream;
import io.lva.rtp.payload.nal.StartCodes;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Rebuilds H.265 access units from RTP payloads (RFC 7798): single NAL units, aggregation packets
 * and fragmentation units. Decoding order numbers are skipped when the description announces them;
 * packets are taken in the order of transmission.
 *
 * <p>Confined to its media loop.
 */
final class H265Depacketizer implements Depacketizer {
  private static final int AGGREGATION = 48;
  private static final int FRAGMENTATION = 49;
  private static final int CONTENT_INFORMATION = 50;
  private static final int HEADER_BYTES = 2;

  private final Output output;
  private final H265ParameterSets parameterSets;
  private final AccessUnits units;
  private final NalUnitStream nalUnits;
  private final boolean orderNumbers;

  H265Depacketizer(TrackFormat format, SlabPool slabs, PayloadLimits limits, Output output) {
    this.output = output;
    H265Codec codec = new H265Codec();
    parameterSets = new H265ParameterSets(output);
    units = new AccessUnits(codec, parameterSets, slabs, limits, output);
    nalUnits = new NalUnitStream(codec, units, output);
    String difference = format.formatParameters().getOrDefault("sprop-max-don-diff", "0");
    orderNumbers = !difference.equals("0") && !difference.isBlank();
    parameterSets.sessionDescription(format.formatParameters());
  }

  @Override
  public void packet(RtpPacket packet, long nanoTime, long utcNanos) {
    units.packet(packet.timestamp(), nanoTime, utcNanos);
    int length = packet.payloadLength();
    int from = packet.payloadStart();
    if (length <= HEADER_BYTES) {
      output.note(Deviation.NO_PAYLOAD, "payload of {0} bytes", length);
    } else {
      payload(packet.buffer(), from, from + length);
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
    nalUnits.abandon();
    units.close();
  }

  @Override
  public Optional<CodecParameters> described() {
    return parameterSets.current();
  }

  @Override
  public ParameterSetOrigin parameterSets() {
    return parameterSets.origin();
  }

  private void payload(ByteBuffer buffer, int from, int to) {
    int type = buffer.get(from) >> 1 & 0x3f;
    if (type == FRAGMENTATION) {
      fragment(buffer, from, to);
      return;
    }
    closeUnfinished();
    if (type == AGGREGATION) {
      aggregate(buffer, from + HEADER_BYTES, to);
    } else if (type == CONTENT_INFORMATION) {
      contentInformation(buffer, from, to);
    } else {
      single(buffer, from, to, orderNumbers ? 2 : 0);
    }
  }

  /** Skips payload header extensions (RFC 7798 section 4.4.4) and takes the unit they carry. */
  private void contentInformation(ByteBuffer buffer, int from, int to) {
    output.note(Deviation.PACI_PACKETS, "payload of {0} bytes", to - from);
    if (to - from < 6) {
      units.damaged();
      return;
    }
    int fields = RtpPacket.unsignedShort(buffer, from + HEADER_BYTES);
    int first = (buffer.get(from) & 0x81) | ((fields >> 8) & 0x7e);
    int start = from + 2 * HEADER_BYTES + ((fields >> 4) & 0x1f);
    if (start >= to || ((first >> 1) & 0x3f) >= AGGREGATION) {
      units.damaged();
      return;
    }
    nalUnits.begin((first << 8) | (buffer.get(from + 1) & 0xff));
    nalUnits.append(buffer, start, to);
    nalUnits.end();
  }

  private void single(ByteBuffer buffer, int from, int to, int skipped) {
    if (StartCodes.find(buffer, from, Math.min(to, from + 4)) >= 0) {
      nalUnits.beginByteStream();
      nalUnits.append(buffer, from, to);
    } else if (to - from > HEADER_BYTES + skipped) {
      nalUnits.begin(RtpPacket.unsignedShort(buffer, from));
      nalUnits.append(buffer, from + HEADER_BYTES + skipped, to);
    }
    nalUnits.end();
  }

  private void aggregate(ByteBuffer buffer, int from, int to) {
    int at = from + (orderNumbers ? 2 : 0);
    while (at + 2 <= to) {
      int size = RtpPacket.unsignedShort(buffer, at);
      at += 2;
      if (size > to - at) {
        output.note(
            Deviation.AGGREGATE_CUT_SHORT,
            "AP: NAL unit of {0} bytes, {1} are left",
            size,
            to - at);
        units.damaged();
        return;
      }
      if (size > 0) {
        single(buffer, at, at + size, 0);
        at += size + (orderNumbers ? 1 : 0);
      }
    }
  }

  private void fragment(ByteBuffer buffer, int from, int to) {
    int fragmentHeader = buffer.get(from + HEADER_BYTES);
    boolean start = (fragmentHeader & 0x80) != 0;
    boolean end = (fragmentHeader & 0x40) != 0;
    if (start && end) {
      output.note(Deviation.FRAGMENT_WITH_START_AND_END, "payload of {0} bytes", to - from);
    }
    if (start) {
      closeUnfinished();
      int first = (buffer.get(from) & 0x81) | ((fragmentHeader & 0x3f) << 1);
      nalUnits.begin((first << 8) | (buffer.get(from + 1) & 0xff));
    } else if (!nalUnits.isOpen()) {
      units.damaged();
      return;
    }
    int skipped = HEADER_BYTES + 1 + (orderNumbers && start ? 2 : 0);
    nalUnits.append(buffer, Math.min(to, from + skipped), to);
    if (end) {
      nalUnits.end();
    }
  }

  private void closeUnfinished() {
    if (nalUnits.isOpen()) {
      output.note(Deviation.FRAGMENT_WITHOUT_END, "another NAL unit begins");
      nalUnits.end();
    }
  }
}
