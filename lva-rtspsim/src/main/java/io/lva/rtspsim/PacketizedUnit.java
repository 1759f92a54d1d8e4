package io.lva.rtspsim;

import io.lva.rtp.payload.Packetizer;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The RTP payloads of one unit, made once and sent to every client.
 *
 * <p>Immutable.
 */
final class PacketizedUnit {
  private final byte[] payloads;

  /** Where each payload ends. */
  private final int[] ends;

  /** Which packets have the marker bit. */
  private final BitSet marked;

  private PacketizedUnit(byte[] payloads, int[] ends, BitSet marked) {
    this.payloads = payloads;
    this.ends = ends;
    this.marked = marked;
  }

  /** Splits the parts of a unit: NAL units without start codes, or one audio frame. */
  static PacketizedUnit of(List<ByteBuffer> parts, Packetizer packetizer) {
    Collector collector = new Collector();
    packetizer.packetize(parts, collector);
    return new PacketizedUnit(
        Arrays.copyOf(collector.payloads, collector.size),
        Arrays.copyOf(collector.ends, collector.count),
        collector.marked);
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

  boolean marker(int packet) {
    return marked.get(packet);
  }

  void writePayload(int packet, ByteBuf target) {
    target.writeBytes(payloads, start(packet), payloadBytes(packet));
  }

  private int start(int packet) {
    return packet == 0 ? 0 : ends[packet - 1];
  }

  private static final class Collector implements Packetizer.Output {
    private byte[] payloads = new byte[Packetizers.MAXIMUM_PAYLOAD_BYTES];
    private int size;
    private int[] ends = new int[4];
    private int count;
    private final BitSet marked = new BitSet();

    @Override
    public void payload(ByteBuffer payload, boolean marker) {
      int length = payload.remaining();
      if (size + length > payloads.length) {
        payloads = Arrays.copyOf(payloads, Math.max(2 * payloads.length, size + length));
      }
      payload.get(payloads, size, length);
      size += length;
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      marked.set(count, marker);
      ends[count++] = size;
    }
  }
}
