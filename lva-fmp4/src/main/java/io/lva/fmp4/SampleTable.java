package io.lva.fmp4;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * The samples of a track in a file, in decode order.
 *
 * <p>Thread-safe once its reader has filled it.
 */
public final class SampleTable {
  /** The largest number of samples of a track: 46 hours at 25 per second. */
  public static final int MAXIMUM_COUNT = 1 << 22;

  private long[] offsets = new long[256];
  private int[] sizes = new int[256];
  private long[] decodeTimes = new long[256];
  private int[] compositionOffsets = new int[256];
  private final BitSet sync = new BitSet();
  private int count;
  private long endTime;

  SampleTable() {}

  /** Adds a sample at the end of the previous one. */
  void add(long offset, int size, int durationTicks, int compositionOffset, boolean isSync)
      throws Mp4Exception {
    if (count == MAXIMUM_COUNT) {
      throw new Mp4Exception("more than " + MAXIMUM_COUNT + " samples");
    }
    if (count == sizes.length) {
      grow();
    }
    offsets[count] = offset;
    sizes[count] = size;
    decodeTimes[count] = endTime;
    compositionOffsets[count] = compositionOffset;
    sync.set(count, isSync);
    endTime += durationTicks;
    count++;
  }

  /** Sets the time of the next sample, for a fragment that does not continue the previous one. */
  void continueAt(long decodeTime) {
    endTime = decodeTime;
  }

  /**
   * Returns the number of samples.
   *
   * @return 0 to {@link #MAXIMUM_COUNT}
   */
  public int count() {
    return count;
  }

  /**
   * Returns the offset of a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return index of its first byte in the file; the whole sample lies within the file
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public long offset(int index) {
    return offsets[Objects.checkIndex(index, count)];
  }

  /**
   * Returns the size of a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return bytes
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public int size(int index) {
    return sizes[Objects.checkIndex(index, count)];
  }

  /**
   * Returns the decode time of a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return ticks of the track
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public long decodeTime(int index) {
    return decodeTimes[Objects.checkIndex(index, count)];
  }

  /**
   * Returns the time from decoding to presentation.
   *
   * @param index from 0 to {@code count() - 1}
   * @return ticks of the track, may be negative
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public int compositionOffset(int index) {
    return compositionOffsets[Objects.checkIndex(index, count)];
  }

  /**
   * Returns whether decoding can start at a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return true for a sync sample
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public boolean isSync(int index) {
    return sync.get(Objects.checkIndex(index, count));
  }

  /**
   * Returns the end of the last sample.
   *
   * @return ticks of the track
   */
  public long endTime() {
    return endTime;
  }

  private void grow() {
    int capacity = sizes.length * 2;
    offsets = Arrays.copyOf(offsets, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    decodeTimes = Arrays.copyOf(decodeTimes, capacity);
    compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
  }
}
