package io.lva.rtp.payload.h265;

import io.lva.rtp.payload.Packetizer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Splits H.265 access units into RTP payloads (RFC 7798): single NAL unit packets and fragmentation
 * units.
 *
 * <p>Immutable.
 */
public final class H265Packetizer implements Packetizer {
  private static final int FRAGMENTATION = 49;
  private static final int HEADER_BYTES = 3;

  private final int maximumPayloadBytes;

  /**
   * Creates a packetizer.
   *
   * @param maximumPayloadBytes limit of a payload, 4 to 65535
   * @throws IllegalArgumentException when the limit is out of range
   */
  public H265Packetizer(int maximumPayloadBytes) {
    if (maximumPayloadBytes <= HEADER_BYTES || maximumPayloadBytes > 0xffff) {
      throw new IllegalArgumentException("payloads of " + maximumPayloadBytes + " bytes");
    }
    this.maximumPayloadBytes = maximumPayloadBytes;
  }

  @Override
  public void packetize(List<ByteBuffer> units, Output output) {
    for (int i = 0; i < units.size(); i++) {
      boolean last = i == units.size() - 1;
      if (units.get(i).remaining() <= maximumPayloadBytes) {
        output.payload(units.get(i).slice(), last);
      } else {
        fragment(units.get(i), last, output);
      }
    }
  }

  private void fragment(ByteBuffer unit, boolean last, Output output) {
    int first = unit.get(unit.position());
    int second = unit.get(unit.position() + 1);
    int end = unit.limit();
    int begin = unit.position() + 2;
    int pieceBytes = maximumPayloadBytes - HEADER_BYTES;
    for (int at = begin; at < end; at += pieceBytes) {
      int length = Math.min(pieceBytes, end - at);
      int flags = (at == begin ? 0x80 : 0) | (at + length == end ? 0x40 : 0);
      ByteBuffer payload = ByteBuffer.allocate(HEADER_BYTES + length);
      payload.put((byte) ((first & 0x81) | (FRAGMENTATION << 1))).put((byte) second);
      payload.put((byte) (flags | ((first >> 1) & 0x3f))).put(unit.slice(at, length)).flip();
      output.payload(payload, last && at + length == end);
    }
  }
}
