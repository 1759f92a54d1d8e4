package io.lva.rtspsim;

import io.lva.rtp.payload.Packetizer;
import io.lva.rtp.payload.h264.H264Packetizer;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The RTP payloads of one access unit, made once and sent to every client.
 *
 * <p>Immutable.
 */
final class PacketizedUnit {
  private static final int MAXIMUM_PAYLOAD_BYTES = 1400;
  private static final H264Packetizer PACKETIZER = new H264Packetizer(MAXIMUM_PAYLOAD_BYTES);

  private final byte[] payloads;

  /** Where each payload ends. */
  private final int[] ends;

  private PacketizedUnit(byte[] payloads, int[] ends) {
    this.payloads = payloads;
    this.ends = ends;
  }

  /** Splits an access unit; its NAL units come without start codes. */
  static PacketizedUnit of(List<ByteBuffer> nalUnits) {
    Collector collector = new Collector();
    PACKETIZER.packetize(nalUnits, collector);
    return new PacketizedUnit(
        Arrays.copyOf(collector.payloads, collector.size),
        Arrays.copyOf(collector.ends, collector.count));
  }

  int count() {
    return ends.length;
  }

  int sizeBytes() {
    return payloads.length;
  }

  int payloadBytes(int packet) {
    return ends[packet] - start(packet);
  }

  void writePayload(int packet, ByteBuf target) {
    target.writeBytes(payloads, start(packet), payloadBytes(packet));
  }

  private int start(int packet) {
    return packet == 0 ? 0 : ends[packet - 1];
  }

  private static final class Collector implements Packetizer.Output {
    private byte[] payloads = new byte[MAXIMUM_PAYLOAD_BYTES];
    private int size;
    private int[] ends = new int[4];
    private int count;

    @Override
    public void payload(ByteBuffer payload, boolean last) {
      int length = payload.remaining();
      if (size + length > payloads.length) {
        payloads = Arrays.copyOf(payloads, Math.max(2 * payloads.length, size + length));
      }
      payload.get(payloads, size, length);
      size += length;
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      ends[count++] = size;
    }
  }
}
