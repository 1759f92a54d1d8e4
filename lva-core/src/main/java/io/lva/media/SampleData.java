package io.lva.media;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The bytes of a sample, spread over one or more slabs.
 *
 * <p>Valid during the call that hands it over; a consumer that needs it longer calls {@link #keep}
 * and later {@link #release}. Video is made of NAL units, each preceded by its length as a
 * four-byte big-endian number (ISO/IEC 14496-15 clause 5.3.3).
 *
 * <p>Immutable; {@code keep} and {@code release} are thread-safe.
 */
public final class SampleData {
  private final Slab[] slabs;
  private final int start;
  private final int size;

  /** Creates a range from {@code start} in the first slab; all slabs but the last are used up. */
  SampleData(Slab[] slabs, int start, int size) {
    this.slabs = slabs;
    this.start = start;
    this.size = size;
  }

  /**
   * Copies bytes into memory outside any pool, for tests and small synthetic samples.
   *
   * @param bytes the content; the caller keeps the array
   * @return data that stays valid and need not be released
   */
  public static SampleData copyOf(byte[] bytes) {
    int capacity = Math.max(1, bytes.length);
    SampleBuilder builder = new SampleBuilder(new SlabPool(capacity, capacity));
    builder.append(ByteBuffer.wrap(bytes));
    return builder.build();
  }

  /**
   * Returns the number of bytes.
   *
   * @return zero or more
   */
  public int size() {
    return size;
  }

  /**
   * Returns one byte.
   *
   * @param index from 0 to {@code size() - 1}
   * @return its value, 0 to 255
   * @throws IndexOutOfBoundsException when there is no such byte
   */
  public int get(int index) {
    long position = (long) start + Objects.checkIndex(index, size);
    int capacity = slabs[0].capacity();
    return slabs[(int) (position / capacity)].memory().get((int) (position % capacity)) & 0xff;
  }

  /**
   * Returns a 32-bit big-endian number, such as the length of a NAL unit.
   *
   * @param index of its first byte
   * @return the number
   * @throws IndexOutOfBoundsException when the four bytes are not within this data
   */
  public int getInt(int index) {
    return get(index) << 24 | get(index + 1) << 16 | get(index + 2) << 8 | get(index + 3);
  }

  /**
   * Returns a view of a part of this data; it uses the same slabs and counts no reference of its
   * own.
   *
   * @param offset of its first byte
   * @param length number of bytes
   * @return a view, valid as long as this data is
   * @throws IndexOutOfBoundsException when the range is not within this data
   */
  public SampleData slice(int offset, int length) {
    Objects.checkFromIndexSize(offset, length, size);
    if (length == 0) {
      return new SampleData(new Slab[] {slabs[0]}, 0, 0);
    }
    int capacity = slabs[0].capacity();
    long from = (long) start + offset;
    int first = (int) (from / capacity);
    int last = (int) ((from + length - 1) / capacity);
    Slab[] part = new Slab[last - first + 1];
    System.arraycopy(slabs, first, part, 0, part.length);
    return new SampleData(part, (int) (from % capacity), length);
  }

  /**
   * Copies all bytes.
   *
   * @param target receives {@link #size} bytes at its position, which moves past them
   * @throws java.nio.BufferOverflowException when the target is too small
   */
  public void copyTo(ByteBuffer target) {
    for (int i = 0; i < slabs.length; i++) {
      target.put(range(i));
    }
  }

  /**
   * Returns all bytes in a new array: a convenience off the hot path.
   *
   * @return a copy the caller owns
   */
  public byte[] toByteArray() {
    ByteBuffer copy = ByteBuffer.allocate(size);
    copyTo(copy);
    return copy.array();
  }

  /**
   * Retains the memory beyond the call that handed this data over.
   *
   * @return this data, which the caller must release once
   */
  public SampleData keep() {
    for (Slab slab : slabs) {
      slab.retain();
    }
    return this;
  }

  /**
   * Undoes one {@link #keep}; the caller must not read the bytes afterwards.
   *
   * @throws IllegalStateException when nothing holds the memory any longer, for example after one
   *     release too many
   */
  public void release() {
    for (Slab slab : slabs) {
      slab.release();
    }
  }

  int slabCount() {
    return slabs.length;
  }

  Slab slab(int index) {
    return slabs[index];
  }

  /** Returns where this data begins within slab {@code index}. */
  int rangeStart(int index) {
    return index == 0 ? start : 0;
  }

  /** Returns how many bytes of slab {@code index} belong to this data. */
  int rangeLength(int index) {
    int capacity = slabs[0].capacity();
    int before = index == 0 ? 0 : capacity - start + (index - 1) * capacity;
    return Math.min(size - before, capacity - rangeStart(index));
  }

  private ByteBuffer range(int index) {
    return slabs[index].range(rangeStart(index), rangeLength(index));
  }
}
