package io.lva.rtp.payload.h264;

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
 * Rebuilds H.264 access units from RTP payloads (RFC 6184, packetization modes 0 and 1; mode 2 in
 * the order of transmission, without deinterleaving).
 *
 * <p>Accepts what the RFC forbids but cameras send: byte streams inside payloads, and fragments
 * that have both start and end, no end, no bytes, or a type other than that of the first fragment.
 * A lost packet drops the access unit it belongs to. Payload bytes are copied once, into the
 * sample.
 *
 * <p>Confined to its media loop.
 */
final class H264Depacketizer implements Depacketizer {
  private static final int STAP_A = 24;
  private static final int STAP_B = 25;
  private static final int MTAP_16 = 26;
  private static final int MTAP_24 = 27;
  private static final int FU_A = 28;
  private static final int FU_B = 29;
  private static final int ORDER_NUMBER_BYTES = 2;

  private final Output output;
  private final H264ParameterSets parameterSets;
  private final AccessUnits units;
  private final NalUnitStream nalUnits;

  /**
   * Creates a depacketizer for one connection.
   *
   * @param format of the stream, with {@code sprop-parameter-sets} if the camera has them
   * @param slabs memory of samples
   * @param limits bounds of an access unit
   * @param output takes access units
   */
  H264Depacketizer(TrackFormat format, SlabPool slabs, PayloadLimits limits, Output output) {
    this.output = output;
    H264Codec codec = new H264Codec();
    parameterSets = new H264ParameterSets(output);
    units = new AccessUnits(codec, parameterSets, slabs, limits, output);
    nalUnits = new NalUnitStream(codec, units, output);
    String described = format.formatParameters().get("sprop-parameter-sets");
    if (described == null || described.isBlank()) {
      output.note(Deviation.SDP_WITHOUT_PARAMETER_SETS, "no sprop-parameter-sets");
    } else {
      parameterSets.sessionDescription(described);
    }
  }

  @Override
  public void packet(RtpPacket packet, long nanoTime, long utcNanos) {
    units.packet(packet.timestamp(), nanoTime, utcNanos);
    int length = packet.payloadLength();
    if (length == 0) {
      output.note(Deviation.NO_PAYLOAD, "payload of {0} bytes", length);
    } else {
      int from = packet.payloadStart();
      payload(packet, packet.buffer(), from, from + length, nanoTime, utcNanos);
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

  private void payload(
      RtpPacket packet, ByteBuffer buffer, int from, int to, long nanoTime, long utcNanos) {
    int type = buffer.get(from) & 0x1f;
    if (type >= STAP_B && type <= FU_B && type != FU_A) {
      output.note(Deviation.PACKETIZATION_MODE_2, "NAL unit type {0}", type);
    }
    switch (type) {
      case FU_A -> fragment(buffer, from, to, 2);
      case FU_B -> fragment(buffer, from, to, 2 + ORDER_NUMBER_BYTES);
      case STAP_A -> aggregate(buffer, from + 1, to);
      case STAP_B -> aggregate(buffer, from + 1 + ORDER_NUMBER_BYTES, to);
      case MTAP_16 -> multiTime(packet, from, to, 2, nanoTime, utcNanos);
      case MTAP_24 -> multiTime(packet, from, to, 3, nanoTime, utcNanos);
      default -> {
        closeUnfinished();
        single(buffer, from, to);
      }
    }
  }

  private void single(ByteBuffer buffer, int from, int to) {
    if (StartCodes.find(buffer, from, Math.min(to, from + 4)) >= 0) {
      nalUnits.beginByteStream();
      nalUnits.append(buffer, from, to);
    } else {
      nalUnits.begin(buffer.get(from) & 0xff);
      nalUnits.append(buffer, from + 1, to);
    }
    nalUnits.end();
  }

  private void aggregate(ByteBuffer buffer, int from, int to) {
    closeUnfinished();
    int at = from;
    while (at + 2 <= to) {
      int size = RtpPacket.unsignedShort(buffer, at);
      at += 2;
      if (size > to - at) {
        output.note(
            Deviation.AGGREGATE_CUT_SHORT,
            "STAP: NAL unit of {0} bytes, {1} are left",
            size,
            to - at);
        units.damaged();
        return;
      }
      if (size == 0) {
        output.note(Deviation.AGGREGATE_WITH_EMPTY_UNITS, "STAP: {0} bytes are left", to - at);
        continue;
      }
      single(buffer, at, at + size);
      at += size;
    }
  }

  /** Reads NAL units that have times of their own (RFC 6184 section 5.7.2). */
  private void multiTime(
      RtpPacket packet, int from, int to, int offsetBytes, long nanoTime, long utcNanos) {
    closeUnfinished();
    ByteBuffer buffer = packet.buffer();
    int at = from + 1 + ORDER_NUMBER_BYTES;
    while (at + 3 + offsetBytes <= to) {
      int size = RtpPacket.unsignedShort(buffer, at);
      int offset = RtpPacket.unsignedShort(buffer, at + 3);
      if (offsetBytes == 3) {
        offset = offset << 8 | (buffer.get(at + 5) & 0xff);
      }
      at += 3 + offsetBytes;
      if (size == 0 || size > to - at) {
        output.note(
            Deviation.AGGREGATE_CUT_SHORT,
            "MTAP: NAL unit of {0} bytes, {1} are left",
            size,
            to - at);
        units.damaged();
        return;
      }
      units.packet(packet.timestamp() + offset, nanoTime, utcNanos);
      single(buffer, at, at + size);
      at += size;
    }
  }

  private void fragment(ByteBuffer buffer, int from, int to, int startHeaderBytes) {
    if (to - from < 2) {
      output.note(Deviation.FRAGMENT_WITHOUT_HEADER, "payload of {0} bytes", to - from);
      closeUnfinished();
      units.damaged();
      return;
    }
    int fragmentHeader = buffer.get(from + 1);
    boolean start = (fragmentHeader & 0x80) != 0;
    boolean end = (fragmentHeader & 0x40) != 0;
    noteFragment(start, end, to - from);
    int headerBytes = start ? startHeaderBytes : 2;
    if (start) {
      closeUnfinished();
      nalUnits.begin((buffer.get(from) & 0xe0) | (fragmentHeader & 0x1f));
    } else if (!nalUnits.isOpen()) {
      units.damaged();
      return;
    }
    nalUnits.append(buffer, Math.min(to, from + headerBytes), to);
    if (end) {
      nalUnits.end();
    }
  }

  private void noteFragment(boolean start, boolean end, int length) {
    if (start && end) {
      output.note(Deviation.FRAGMENT_WITH_START_AND_END, "payload of {0} bytes", length);
    }
    if (length == 2) {
      output.note(Deviation.FRAGMENT_WITHOUT_BYTES, "payload of {0} bytes", length);
    }
  }

  /** Ends a fragmented NAL unit whose end never came; no packet is missing, so it is whole. */
  private void closeUnfinished() {
    if (nalUnits.isOpen()) {
      output.note(Deviation.FRAGMENT_WITHOUT_END, "another NAL unit begins");
      nalUnits.end();
    }
  }
}
