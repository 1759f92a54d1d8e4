package io.lva.media;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A block of memory that samples are written into, one after the other.
 *
 * <p>Written only by its {@link SampleBuilder}; ranges that were handed out never change. A slab
 * returns to its pool when its last reference is released.
 *
 * <p>Thread-safe.
 */
final class Slab {
  private final ByteBuffer memory;
  private final SlabPool pool;
  private final AtomicInteger references = new AtomicInteger();

  Slab(ByteBuffer memory, SlabPool pool) {
    this.memory = memory;
    this.pool = pool;
  }

  int capacity() {
    return memory.capacity();
  }

  /** Returns the memory itself, not a copy; callers use absolute access only. */
  ByteBuffer memory() {
    return memory;
  }

  ByteBuffer range(int start, int length) {
    return memory.slice(start, length).asReadOnlyBuffer();
  }

  void retain() {
    references.getAndIncrement();
  }

  void release() {
    int left = references.decrementAndGet();
    if (left == 0) {
      pool.recycle(this);
    } else if (left < 0) {
      throw new IllegalStateException("released more often than kept");
    }
  }
}
