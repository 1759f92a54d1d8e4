package io.lva.rtp.payload.aac;

import io.lva.rtp.payload.Packetizer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Splits AAC frames into MPEG-4 generic payloads of mode AAC-hbr (RFC 3640 section 3.3.6): one
 * frame per packet, or fragments of a frame.
 *
 * <p>Immutable.
 */
public final class AacPacketizer implements Packetizer {
  private static final int HEADER_BYTES = 4;
  private static final int HEADER_BITS = 16;
  private static final int MAXIMUM_FRAME_BYTES = 0x1fff;

  private final int maximumPayloadBytes;

  /**
   * Creates a packetizer.
   *
   * @param maximumPayloadBytes limit of a payload, 5 to 65535
   * @throws IllegalArgumentException when the limit is out of range
   */
  public AacPacketizer(int maximumPayloadBytes) {
    if (maximumPayloadBytes <= HEADER_BYTES || maximumPayloadBytes > 0xffff) {
      throw new IllegalArgumentException("payloads of " + maximumPayloadBytes + " bytes");
    }
    this.maximumPayloadBytes = maximumPayloadBytes;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a frame has over 8191 bytes
   */
  @Override
  public void packetize(List<ByteBuffer> units, Output output) {
    for (ByteBuffer frame : units) {
      int size = frame.remaining();
      if (size > MAXIMUM_FRAME_BYTES) {
        throw new IllegalArgumentException("AAC frame of " + size + " bytes");
      }
      int pieceBytes = maximumPayloadBytes - HEADER_BYTES;
      for (int at = 0; at < size; at += pieceBytes) {
        int length = Math.min(pieceBytes, size - at);
        ByteBuffer payload = ByteBuffer.allocate(HEADER_BYTES + length);
        payload.putShort((short) HEADER_BITS).putShort((short) (size << 3));
        payload.put(frame.slice(frame.position() + at, length)).flip();
        output.payload(payload, at + length == size);
      }
    }
  }
}
