package io.lva.asset.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The fragments of one track in one segment, numbered from 0; each takes 20 bytes of memory.
 *
 * <p>A fragment lasts until the next one begins, so fragments fill the track without holes. Its
 * bytes span all its parts; parts of other tracks may lie between them. A fragment that had to
 * begin without a sync sample is <em>dependent</em>: decoding cannot start at it.
 *
 * <p>Immutable.
 */
public final class Fragments {
  /** The most fragments a track has in a segment. */
  public static final int MAXIMUM = 100_000;

  /** The longest duration of a fragment, in ticks. */
  public static final long LONGEST_TICKS = 1L << 40;

  private static final Fragments EMPTY = builder().build();

  private final long[] starts;
  private final long[] offsets;
  private final int[] lengths;
  private final BitSet dependent;

  private Fragments(long[] starts, long[] offsets, int[] lengths, BitSet dependent) {
    this.starts = starts;
    this.offsets = offsets;
    this.lengths = lengths;
    this.dependent = dependent;
  }

  /**
   * Returns an empty list, for a track without fragments.
   *
   * @return the empty list
   */
  public static Fragments empty() {
    return EMPTY;
  }

  /**
   * Begins a list.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the number of fragments.
   *
   * @return 0 to {@link #MAXIMUM}
   */
  public int count() {
    return offsets.length;
  }

  /**
   * Returns where a fragment lies in the file.
   *
   * @param index 0 to {@link #count} - 1
   * @return offset of its first byte
   * @throws IndexOutOfBoundsException when there is no such fragment
   */
  public long offset(int index) {
    return offsets[index];
  }

  /**
   * Returns the size of a fragment.
   *
   * @param index 0 to {@link #count} - 1
   * @return bytes from its first part to its last, including parts of other tracks between them
   * @throws IndexOutOfBoundsException when there is no such fragment
   */
  public int length(int index) {
    return lengths[index];
  }

  /**
   * Returns when a fragment starts.
   *
   * @param index 0 to {@link #count} - 1
   * @return ticks after the start of the first fragment of the track in this file
   * @throws IndexOutOfBoundsException when there is no such fragment
   */
  public long startTicks(int index) {
    return starts[Objects.checkIndex(index, count())];
  }

  /**
   * Returns how long a fragment lasts.
   *
   * @param index 0 to {@link #count} - 1
   * @return ticks of the track
   * @throws IndexOutOfBoundsException when there is no such fragment
   */
  public long durationTicks(int index) {
    return starts[index + 1] - starts[index];
  }

  /**
   * Returns the duration of all fragments together.
   *
   * @return ticks of the track
   */
  public long durationTicks() {
    return starts[count()];
  }

  /**
   * Returns whether decoding a fragment needs those before it.
   *
   * @param index 0 to {@link #count} - 1
   * @return true when it does; false for the first fragment, for which {@link
   *     SegmentRow#unsyncedStart} tells this instead
   * @throws IndexOutOfBoundsException when there is no such fragment
   */
  public boolean isDependent(int index) {
    return dependent.get(Objects.checkIndex(index, count()));
  }

  /**
   * Returns the numbers of the dependent fragments.
   *
   * @return the numbers, in ascending order
   */
  public IntStream dependent() {
    return dependent.stream();
  }

  /**
   * Finds the fragment at a time, by bisection.
   *
   * @param ticks the ticks after the start of the first fragment of the track in this file
   * @return the number of the last fragment that starts at or before that time; -1 when the time
   *     lies before the first
   */
  public int at(long ticks) {
    int found = Arrays.binarySearch(starts, 0, count(), ticks);
    if (found < 0) {
      return -found - 2;
    }
    while (found + 1 < count() && starts[found + 1] == ticks) {
      found++;
    }
    return found;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fragments that
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(offsets, that.offsets)
        && Arrays.equals(lengths, that.lengths)
        && dependent.equals(that.dependent);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(starts) * 31 + Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return count() + " fragments, " + durationTicks() + " ticks";
  }

  /** Collects fragments in order. Confined to one thread. */
  public static final class Builder {
    private long[] starts = new long[17];
    private long[] offsets = new long[16];
    private int[] lengths = new int[16];
    private final BitSet dependent = new BitSet(0);
    private int count;

    private Builder() {}

    /**
     * Adds the next fragment.
     *
     * @param offset position of its first byte in the file, 0 or more
     * @param length in bytes, from 0 to 2^31 - 1
     * @param durationTicks ticks of the track until the next fragment starts, from 0 to 2^40
     * @return this builder
     * @throws IllegalArgumentException when a number is outside its range
     * @throws IllegalStateException when there are already {@link #MAXIMUM} fragments
     */
    public Builder add(long offset, long length, long durationTicks) {
      if (offset < 0
          || length < 0
          || length > Integer.MAX_VALUE
          || offset > Long.MAX_VALUE - length
          || durationTicks < 0
          || durationTicks > LONGEST_TICKS) {
        throw new IllegalArgumentException(
            "fragment at " + offset + " of " + length + " bytes and " + durationTicks + " ticks");
      }
      if (count == MAXIMUM) {
        throw new IllegalStateException("more than " + MAXIMUM + " fragments in a segment");
      }
      if (count == lengths.length) {
        starts = Arrays.copyOf(starts, count * 2 + 1);
        offsets = Arrays.copyOf(offsets, count * 2);
        lengths = Arrays.copyOf(lengths, count * 2);
      }
      offsets[count] = offset;
      lengths[count] = (int) length;
      starts[count + 1] = starts[count] + durationTicks;
      count++;
      return this;
    }

    /**
     * Marks a fragment as dependent.
     *
     * @param index number of a fragment that was added, 1 or more
     * @return this builder
     * @throws IllegalArgumentException when there is no such fragment
     */
    public Builder dependent(int index) {
      if (index < 1 || index >= count) {
        throw new IllegalArgumentException("dependent fragment " + index + " of " + count);
      }
      dependent.set(index);
      return this;
    }

    /**
     * Returns the number of fragments added so far.
     *
     * @return 0 or more
     */
    public int count() {
      return count;
    }

    /**
     * Builds the list.
     *
     * @return the fragments added so far
     */
    public Fragments build() {
      return new Fragments(
          Arrays.copyOf(starts, count + 1),
          Arrays.copyOf(offsets, count),
          Arrays.copyOf(lengths, count),
          (BitSet) dependent.clone());
    }
  }
}
