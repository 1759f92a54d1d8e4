package io.lva.fmp4;

import io.lva.media.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A box of a custom type: {@code uuid} (ISO/IEC 14496-12 clause 4.2).
 *
 * <pre>
 * uuid
 *   usertype (16 bytes)
 *   payload
 * </pre>
 *
 * <p>Immutable.
 *
 * @param extendedType identifies the kind of payload
 * @param payload at most {@link #MAXIMUM_PAYLOAD_BYTES} bytes
 */
public record UuidBox(UUID extendedType, Bytes payload) {
  /** The largest payload that is written and read: 1 MiB. */
  public static final int MAXIMUM_PAYLOAD_BYTES = 1 << 20;

  private static final int HEADER_BYTES = 24;

  /**
   * Checks the size.
   *
   * @param extendedType identifies the kind of payload
   * @param payload at most {@link #MAXIMUM_PAYLOAD_BYTES} bytes
   * @throws IllegalArgumentException when the payload is too large
   */
  public UuidBox {
    if (payload.size() > MAXIMUM_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("uuid box with " + payload.size() + " bytes");
    }
  }

  /**
   * Returns the size of the box.
   *
   * @return bytes with the header
   */
  public int sizeBytes() {
    return HEADER_BYTES + payload.size();
  }

  /**
   * Writes the box.
   *
   * @param target big endian, receives {@link #sizeBytes} bytes at its position, which moves
   * @throws java.nio.BufferOverflowException when the target is too small
   */
  public void write(ByteBuffer target) {
    target.putInt(sizeBytes()).putInt(BoxType.UUID);
    target.putLong(extendedType.getMostSignificantBits());
    target.putLong(extendedType.getLeastSignificantBits());
    target.put(payload.asByteBuffer());
  }

  /**
   * Reads a box.
   *
   * @param box from its first byte at the position; the position is not moved
   * @return the type and the payload
   * @throws Mp4Exception when it is not a complete {@code uuid} box, or is too large
   */
  public static UuidBox parse(ByteBuffer box) throws Mp4Exception {
    BoxCursor cursor = new BoxCursor(box);
    if (!cursor.next() || cursor.type() != BoxType.UUID) {
      throw new Mp4Exception("no 'uuid' box");
    }
    BoxPayload content = cursor.payload();
    UUID type = new UUID(content.i64(), content.i64());
    if (content.remaining() > MAXIMUM_PAYLOAD_BYTES) {
      throw new Mp4Exception("'uuid' with " + content.remaining() + " bytes");
    }
    return new UuidBox(type, content.bytes(content.remaining()));
  }
}
