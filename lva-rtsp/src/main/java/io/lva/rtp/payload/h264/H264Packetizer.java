package io.lva.rtp.payload.h264;

import io.lva.rtp.payload.Packetizer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Splits H.264 access units into RTP payloads (RFC 6184, packetization mode 1): single NAL unit
 * packets, STAP-A for NAL units that fit together, FU-A for large ones.
 *
 * <p>Immutable.
 */
public final class H264Packetizer implements Packetizer {
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private final int maximumPayloadBytes;

  /**
   * Creates a packetizer.
   *
   * @param maximumPayloadBytes limit of a payload, at least 3 and at most 65535
   * @throws IllegalArgumentException when the limit is out of range
   */
  public H264Packetizer(int maximumPayloadBytes) {
    if (maximumPayloadBytes < 3 || maximumPayloadBytes > 0xffff) {
      throw new IllegalArgumentException("payloads of " + maximumPayloadBytes + " bytes");
    }
    this.maximumPayloadBytes = maximumPayloadBytes;
  }

  @Override
  public void packetize(List<ByteBuffer> nalUnits, Output output) {
    int at = 0;
    while (at < nalUnits.size()) {
      int together = fittingTogether(nalUnits, at);
      boolean last = at + together == nalUnits.size();
      if (together > 1) {
        output.payload(aggregate(nalUnits.subList(at, at + together)), last);
      } else if (nalUnits.get(at).remaining() <= maximumPayloadBytes) {
        output.payload(nalUnits.get(at).slice(), last);
      } else {
        fragment(nalUnits.get(at), last, output);
      }
      at += together;
    }
  }

  private int fittingTogether(List<ByteBuffer> nalUnits, int start) {
    int bytes = 1;
    int count = 0;
    while (start + count < nalUnits.size()) {
      bytes += 2 + nalUnits.get(start + count).remaining();
      if (bytes > maximumPayloadBytes) {
        break;
      }
      count++;
    }
    return Math.max(1, count);
  }

  private static ByteBuffer aggregate(List<ByteBuffer> nalUnits) {
    int bytes = 1 + nalUnits.stream().mapToInt(nalUnit -> 2 + nalUnit.remaining()).sum();
    ByteBuffer payload = ByteBuffer.allocate(bytes).position(1);
    int importance = 0;
    for (ByteBuffer nalUnit : nalUnits) {
      importance = Math.max(importance, nalUnit.get(nalUnit.position()) & 0x60);
      payload.putShort((short) nalUnit.remaining()).put(nalUnit.duplicate());
    }
    return payload.put(0, (byte) (importance | STAP_A)).flip();
  }

  private void fragment(ByteBuffer nalUnit, boolean last, Output output) {
    int header = nalUnit.get(nalUnit.position());
    int end = nalUnit.limit();
    int pieceBytes = maximumPayloadBytes - 2;
    for (int at = nalUnit.position() + 1; at < end; at += pieceBytes) {
      int length = Math.min(pieceBytes, end - at);
      int start = at == nalUnit.position() + 1 ? 0x80 : 0;
      int stop = at + length == end ? 0x40 : 0;
      ByteBuffer payload = ByteBuffer.allocate(2 + length);
      payload.put((byte) ((header & 0xe0) | FU_A));
      payload.put((byte) (start | stop | (header & 0x1f)));
      payload.put(nalUnit.slice(at, length)).flip();
      output.payload(payload, last && stop != 0);
    }
  }
}
