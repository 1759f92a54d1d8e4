package io.lva.rtp.payload;

import java.nio.ByteBuffer;

/**
 * The header of an RTP packet (RFC 3550 section 5.1) and where its payload lies.
 *
 * <p>A flyweight: one instance reads packet after packet without allocation and refers to the
 * buffer of the last one, which it neither moves nor changes.
 *
 * <p>Confined to its media loop.
 */
public final class RtpPacket {
  private static final int HEADER_BYTES = 12;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer buffer = NOTHING;
  private boolean marker;
  private int payloadType;
  private int sequenceNumber;
  private int timestamp;
  private int ssrc;
  private int payloadStart;
  private int payloadLength;
  private boolean paddingBroken;

  /** Creates an instance without a packet. */
  public RtpPacket() {}

  /**
   * Reads a header.
   *
   * <p>Padding of an impossible length is ignored: by the RFC, a receiver drops such a packet, but
   * its payload is more useful than a loss.
   *
   * @param packet from position to limit
   * @return false when it is not an RTP packet of version 2, or its header does not fit
   */
  public boolean read(ByteBuffer packet) {
    int start = packet.position();
    int end = packet.limit();
    if (end - start < HEADER_BYTES || (packet.get(start) & 0xc0) != 0x80) {
      return false;
    }
    int first = packet.get(start);
    int second = packet.get(start + 1);
    int payload = start + HEADER_BYTES + (first & 0x0f) * 4;
    if ((first & 0x10) != 0) {
      if (payload + 4 > end) {
        return false;
      }
      payload += 4 + unsignedShort(packet, payload + 2) * 4;
    }
    if (payload > end) {
      return false;
    }
    keep(packet);
    marker = second < 0;
    payloadType = second & 0x7f;
    sequenceNumber = unsignedShort(packet, start + 2);
    timestamp = integer(packet, start + 4);
    ssrc = integer(packet, start + 8);
    payloadStart = payload;
    payloadLength = end - payload - padding((first & 0x20) != 0, payload, end);
    return true;
  }

  /**
   * Returns the buffer the packet was read from.
   *
   * @return the buffer, to be read by index; empty before the first packet
   */
  public ByteBuffer buffer() {
    return buffer;
  }

  /**
   * Returns the marker bit.
   *
   * @return true when it is set
   */
  public boolean marker() {
    return marker;
  }

  /**
   * Returns the payload type.
   *
   * @return 0 to 127
   */
  public int payloadType() {
    return payloadType;
  }

  /**
   * Returns the sequence number.
   *
   * @return 0 to 65535
   */
  public int sequenceNumber() {
    return sequenceNumber;
  }

  /**
   * Returns the 32 bits of the timestamp.
   *
   * @return ticks of the clock rate, 32 bits
   */
  public int timestamp() {
    return timestamp;
  }

  /**
   * Returns the 32 bits of the synchronization source.
   *
   * @return the SSRC, 32 bits
   */
  public int ssrc() {
    return ssrc;
  }

  /**
   * Returns the index of the first byte of the payload in {@link #buffer}.
   *
   * @return an absolute index, for {@link ByteBuffer#get(int)}
   */
  public int payloadStart() {
    return payloadStart;
  }

  /**
   * Returns the length of the payload without padding.
   *
   * @return number of bytes, zero or more
   */
  public int payloadLength() {
    return payloadLength;
  }

  /**
   * Returns whether this packet stated a length of padding that is 0 or larger than its payload.
   *
   * @return true when the padding was ignored
   */
  public boolean isPaddingBroken() {
    return paddingBroken;
  }

  /**
   * Remembers the buffer. A connection reads packet after packet from one buffer, and storing a
   * reference in an object as old as this one costs a memory fence with G1, so the same buffer is
   * not stored again.
   */
  @SuppressWarnings("ReferenceEquality") // the same buffer again
  private void keep(ByteBuffer packet) {
    if (buffer != packet) {
      buffer = packet;
    }
  }

  /**
   * Reads a 16-bit big-endian number.
   *
   * @param buffer read by index
   * @param index of the first byte
   * @return 0 to 65535
   * @throws IndexOutOfBoundsException when one of the two bytes is not before the limit
   */
  public static int unsignedShort(ByteBuffer buffer, int index) {
    return (buffer.get(index) & 0xff) << 8 | (buffer.get(index + 1) & 0xff);
  }

  /**
   * Reads a 32-bit big-endian number.
   *
   * @param buffer read by index
   * @param index of the first byte
   * @return the 32 bits
   * @throws IndexOutOfBoundsException when one of the four bytes is not before the limit
   */
  public static int integer(ByteBuffer buffer, int index) {
    return unsignedShort(buffer, index) << 16 | unsignedShort(buffer, index + 2);
  }

  private int padding(boolean stated, int payload, int end) {
    paddingBroken = false;
    if (!stated || payload == end) {
      return 0;
    }
    int count = buffer.get(end - 1) & 0xff;
    paddingBroken = count == 0 || count > end - payload;
    return paddingBroken ? 0 : count;
  }
}
