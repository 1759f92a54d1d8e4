package io.lva.bench.guard;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Work of the kind that the hot path does, in code that never changes: header fields, a copy from
 * one direct buffer to another, bytes looked at one by one, and a chain of dependent operations. A
 * busy machine slows it down as much as the hot path.
 *
 * <p>Confined to one thread.
 */
final class ReferenceLoop {
  private static final int PACKETS = 64;
  private static final int PACKET_BYTES = 1400;
  private static final int SEARCHED_BYTES = 200;

  private final ByteBuffer packets = ByteBuffer.allocateDirect(PACKETS * PACKET_BYTES);
  private final ByteBuffer slab = ByteBuffer.allocateDirect(PACKETS * PACKET_BYTES);
  private long chain = 88_172_645_463_325_252L;

  ReferenceLoop() {
    byte[] random = new byte[PACKETS * PACKET_BYTES];
    new Random(1).nextBytes(random);
    packets.put(0, random);
  }

  /** Does the work once; takes some tens of microseconds. */
  long run() {
    for (int i = 0; i < PACKETS; i++) {
      packet(i * PACKET_BYTES);
    }
    return chain;
  }

  private void packet(int at) {
    chain += packets.getInt(at + 4) ^ packets.getShort(at + 2);
    slab.put(at, packets, at + 12, PACKET_BYTES - 12);
    int zeros = 0;
    for (int i = at; i < at + SEARCHED_BYTES; i++) {
      zeros = slab.get(i) == 0 ? zeros + 1 : zeros;
    }
    chain ^= chain << 13;
    chain ^= chain >>> 7;
    chain ^= (chain << 17) + zeros;
  }
}
