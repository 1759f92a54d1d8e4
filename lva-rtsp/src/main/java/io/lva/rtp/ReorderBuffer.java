package io.lva.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Restores the order of packets from one source that came in datagrams (RFC 3550 section 5.1).
 *
 * <p>A packet that is next in order passes at once and is not copied. Packets that follow a hole
 * wait for the missing ones, for a limited time and within a window of sequence numbers; then the
 * hole is a loss. A sequence number far from the expected one passes as well, so that whoever
 * follows the sequence can judge whether the sender has started over.
 *
 * <p>Confined to its media loop.
 */
final class ReorderBuffer {
  /** Takes packets in order. */
  interface Output {
    /**
     * Takes one packet.
     *
     * @param packet from position to limit
     * @param nanoTime when it arrived, monotonic time
     * @param utcNanos when it arrived, UTC of the host
     */
    void packet(ByteBuffer packet, long nanoTime, long utcNanos);
  }

  private final long maximumNanos;
  private final Output output;
  private final @Nullable HeldPacket[] window;
  private int held;
  private boolean started;
  private int expected;
  private long duplicates;

  /**
   * Creates an empty buffer.
   *
   * @param maximumNanos how long a packet waits
   * @param maximumPackets sequence numbers that the window spans; a power of two below 32768
   * @param output takes packets in order
   */
  ReorderBuffer(long maximumNanos, int maximumPackets, Output output) {
    this.maximumNanos = maximumNanos;
    this.window = new @Nullable HeldPacket[maximumPackets];
    this.output = output;
  }

  /**
   * Takes the next packet in order of arrival.
   *
   * @param sequenceNumber 0 to 65535
   * @param packet copied when it has to wait
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  void packet(int sequenceNumber, ByteBuffer packet, long nanoTime, long utcNanos) {
    if (!started) {
      started = true;
      expected = sequenceNumber;
    }
    int ahead = (short) (sequenceNumber - expected);
    if (ahead == 0) {
      expected = expected + 1 & 0xffff;
      output.packet(packet, nanoTime, utcNanos);
      passFollowers();
    } else if (ahead > 0 && ahead < window.length) {
      hold(sequenceNumber, packet, nanoTime, utcNanos);
    } else if (ahead < 0 && ahead > -window.length) {
      duplicates++;
    } else {
      flush();
      expected = sequenceNumber + 1 & 0xffff;
      output.packet(packet, nanoTime, utcNanos);
    }
    expire(nanoTime);
  }

  /** Passes what has waited too long; the holes in front of it are losses. */
  void expire(long nanoTime) {
    while (held > 0 && nanoTime - oldestNanoTime() >= maximumNanos) {
      skipHole();
      passFollowers();
    }
  }

  /** Passes everything. */
  void flush() {
    while (held > 0) {
      skipHole();
      passFollowers();
    }
  }

  /** Passes everything and forgets the source. */
  void reset() {
    flush();
    started = false;
  }

  /** Returns how many packets came again or too late since the last call. */
  long takeDuplicates() {
    long count = duplicates;
    duplicates = 0;
    return count;
  }

  private void hold(int sequenceNumber, ByteBuffer packet, long nanoTime, long utcNanos) {
    int place = sequenceNumber % window.length;
    if (window[place] != null) {
      duplicates++;
      return;
    }
    window[place] = HeldPacket.copyOf(packet, nanoTime, utcNanos);
    held++;
  }

  private long oldestNanoTime() {
    long oldest = Long.MAX_VALUE;
    for (HeldPacket packet : window) {
      if (packet != null) {
        oldest = Math.min(oldest, packet.nanoTime());
      }
    }
    return oldest;
  }

  private void skipHole() {
    while (window[expected % window.length] == null) {
      expected = expected + 1 & 0xffff;
    }
  }

  private void passFollowers() {
    while (held > 0) {
      int place = expected % window.length;
      HeldPacket next = window[place];
      if (next == null) {
        return;
      }
      window[place] = null;
      held--;
      expected = expected + 1 & 0xffff;
      output.packet(next.bytes(), next.nanoTime(), next.utcNanos());
    }
  }
}
