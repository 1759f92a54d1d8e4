package io.lva.rtp;

import java.nio.ByteBuffer;

/**
 * A copy of a packet that waits.
 *
 * <p>Immutable.
 *
 * @param bytes the packet, from position to limit
 * @param nanoTime when it arrived, monotonic time
 * @param utcNanos when it arrived, UTC of the host
 */
record HeldPacket(ByteBuffer bytes, long nanoTime, long utcNanos) {
  /** Copies a packet, which is neither moved nor changed. */
  static HeldPacket copyOf(ByteBuffer packet, long nanoTime, long utcNanos) {
    ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
    copy.put(packet.duplicate()).flip();
    return new HeldPacket(copy, nanoTime, utcNanos);
  }
}
