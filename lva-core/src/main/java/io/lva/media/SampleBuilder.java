package io.lva.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the samples of one track into slabs, one after the other.
 *
 * <p>This is the only copy of media on the way from the network to the disk. A depacketizer appends
 * payloads as they come, fills lengths in afterwards and takes the sample with {@link #build}; the
 * data stays valid until the next append, build or {@link #reset}, or longer if somebody keeps it.
 *
 * <p>Confined to its media loop.
 */
public final class SampleBuilder implements AutoCloseable {
  private final SlabPool pool;
  private final List<Slab> slabs = new ArrayList<>();
  private int start;
  private int size;
  private boolean built;

  /**
   * Creates a builder without memory; the first append takes some.
   *
   * @param pool where slabs come from
   */
  public SampleBuilder(SlabPool pool) {
    this.pool = pool;
  }

  /**
   * Returns the number of bytes appended since the last sample.
   *
   * @return zero or more
   */
  public int size() {
    return built ? 0 : size;
  }

  /**
   * Appends bytes to the sample under construction.
   *
   * @param bytes read from position to limit; the position moves to the limit only when all bytes
   *     were taken
   * @return false when the pool is at its limit; the caller then resets and counts the sample as
   *     lost
   */
  public boolean append(ByteBuffer bytes) {
    if (!append(bytes, bytes.position(), bytes.remaining())) {
      return false;
    }
    bytes.position(bytes.limit());
    return true;
  }

  /**
   * Appends a range of a buffer to the sample under construction.
   *
   * @param bytes the buffer; neither its position nor its content changes
   * @param index of the first byte in the buffer
   * @param length number of bytes
   * @return false when the pool is at its limit; the caller then resets and counts the sample as
   *     lost
   * @throws IndexOutOfBoundsException when the length is negative, or the range does not end at or
   *     before the limit of the buffer
   */
  public boolean append(ByteBuffer bytes, int index, int length) {
    Objects.checkFromIndexSize(index, length, bytes.limit());
    if (built) {
      reset();
    }
    int capacity = capacity();
    if (!reserve((long) start + size + length)) {
      return false;
    }
    int taken = 0;
    while (taken < length) {
      int at = start + size + taken;
      int part = Math.min(length - taken, capacity - at % capacity);
      slabs.get(at / capacity).memory().put(at % capacity, bytes, index + taken, part);
      taken += part;
    }
    size += length;
    return true;
  }

  /**
   * Appends a 32-bit big-endian number, such as a length to be filled in later.
   *
   * @param value the number
   * @return false when the pool is at its limit
   */
  public boolean appendInt(int value) {
    if (built) {
      reset();
    }
    if (!reserve((long) start + size + Integer.BYTES)) {
      return false;
    }
    size += Integer.BYTES;
    putInt(size - Integer.BYTES, value);
    return true;
  }

  /**
   * Appends one byte.
   *
   * @param value the byte, in the low eight bits
   * @return false when the pool is at its limit
   */
  public boolean appendByte(int value) {
    if (built) {
      reset();
    }
    if (!reserve((long) start + size + 1)) {
      return false;
    }
    put(size++, value);
    return true;
  }

  /**
   * Overwrites a 32-bit big-endian number within the sample under construction.
   *
   * @param index of its first byte
   * @param value the number
   * @throws IndexOutOfBoundsException when these four bytes have not been appended
   */
  public void putInt(int index, int value) {
    Objects.checkFromIndexSize(index, Integer.BYTES, size());
    put(index, value >> 24);
    put(index + 1, value >> 16);
    put(index + 2, value >> 8);
    put(index + 3, value);
  }

  /**
   * Shortens the sample under construction, to drop what was appended last.
   *
   * @param newSize from 0 to {@link #size}
   * @throws IllegalArgumentException when it is negative or larger than the size
   */
  public void truncate(int newSize) {
    if (newSize < 0 || newSize > size()) {
      throw new IllegalArgumentException(newSize + " of " + size());
    }
    if (!built) {
      size = newSize;
    }
  }

  /**
   * Ends the sample.
   *
   * @return its data, valid until the next append, build, {@link #reset} or {@link #close} unless
   *     kept
   * @throws IllegalStateException when the sample is empty and the pool is at its limit
   */
  public SampleData build() {
    if (built) {
      reset();
    }
    if (slabs.isEmpty() && !reserve(1)) {
      throw new IllegalStateException("no memory for an empty sample");
    }
    int count = size == 0 ? 1 : (start + size - 1) / capacity() + 1;
    built = true;
    return new SampleData(slabs.subList(0, count).toArray(new Slab[0]), start, size);
  }

  /** Drops the sample under construction, or ends the validity of the one built last. */
  public void reset() {
    if (slabs.isEmpty()) {
      return;
    }
    int end = built ? start + size : start;
    int current = Math.min(end / capacity(), slabs.size());
    for (int i = 0; i < current; i++) {
      slabs.get(i).release();
    }
    slabs.subList(0, current).clear();
    while (slabs.size() > 1) {
      slabs.remove(slabs.size() - 1).release();
    }
    start = end % capacity();
    size = 0;
    built = false;
  }

  /** Returns all memory that nobody keeps to the pool. */
  @Override
  public void close() {
    slabs.forEach(Slab::release);
    slabs.clear();
    start = 0;
    size = 0;
    built = false;
  }

  private int capacity() {
    return pool.slabBytes();
  }

  private void put(int index, int value) {
    int at = start + index;
    slabs.get(at / capacity()).memory().put(at % capacity(), (byte) value);
  }

  private boolean reserve(long end) {
    while ((long) slabs.size() * capacity() < end) {
      var slab = pool.acquire();
      if (slab.isEmpty()) {
        return false;
      }
      slabs.add(slab.get());
    }
    return true;
  }
}
