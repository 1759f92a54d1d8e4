package io.lva.media;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The memory that samples live in: equal direct blocks, handed out and taken back.
 *
 * <p>Bounded: at the limit no block is given, and whoever builds a sample drops it and counts it as
 * a gap. Free blocks are kept for reuse up to the number in use plus a small reserve, so a burst
 * does not hold memory forever.
 *
 * <p>Thread-safe.
 */
public final class SlabPool {
  /** The default size of a block: 64 KiB. */
  public static final int DEFAULT_SLAB_BYTES = 64 * 1024;

  private static final int RESERVE = 64;

  private final int slabBytes;
  private final long maximumBytes;

  @GuardedBy("this")
  private final Deque<Slab> free = new ArrayDeque<>();

  @GuardedBy("this")
  private int used;

  /**
   * Creates an empty pool.
   *
   * @param slabBytes size of a block, at least 1
   * @param maximumBytes limit of all blocks in use together, at least one block
   * @throws IllegalArgumentException when a number is out of range
   */
  public SlabPool(int slabBytes, long maximumBytes) {
    if (slabBytes < 1 || maximumBytes < slabBytes) {
      throw new IllegalArgumentException(maximumBytes + " bytes in slabs of " + slabBytes);
    }
    this.slabBytes = slabBytes;
    this.maximumBytes = maximumBytes;
  }

  /**
   * Creates a pool of default blocks.
   *
   * @param maximumBytes limit of all blocks in use together, at least 64 KiB
   * @return an empty pool
   * @throws IllegalArgumentException when the limit is below one block
   */
  public static SlabPool ofBytes(long maximumBytes) {
    return new SlabPool(DEFAULT_SLAB_BYTES, maximumBytes);
  }

  /**
   * Returns how much memory is in blocks that are referenced now.
   *
   * @return bytes, 0 to the limit
   */
  public synchronized long usedBytes() {
    return (long) used * slabBytes;
  }

  /**
   * Returns the limit of all blocks in use together.
   *
   * @return bytes, at least one block
   */
  public long maximumBytes() {
    return maximumBytes;
  }

  int slabBytes() {
    return slabBytes;
  }

  /** Returns a block with one reference, or nothing at the limit. */
  synchronized Optional<Slab> acquire() {
    if ((used + 1L) * slabBytes > maximumBytes) {
      return Optional.empty();
    }
    used++;
    Slab slab = free.pollFirst();
    if (slab == null) {
      slab = new Slab(ByteBuffer.allocateDirect(slabBytes), this);
    }
    slab.retain();
    return Optional.of(slab);
  }

  synchronized void recycle(Slab slab) {
    used--;
    free.addFirst(slab);
    while (free.size() > used + RESERVE) {
      free.removeLast();
    }
  }
}
