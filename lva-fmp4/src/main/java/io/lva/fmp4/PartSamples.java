package io.lva.fmp4;

import java.util.Arrays;
import java.util.Objects;

/**
 * The samples of one part, as numbers: durations, sizes, flags and composition offsets.
 *
 * <p>Reused from part to part; once it has grown to the usual size, it allocates nothing.
 *
 * <p>Not thread-safe: confined to the media loop where parts are built, or to its reader.
 */
public final class PartSamples {
  /** The most samples a part can have. */
  public static final int MAXIMUM_COUNT = 65_536;

  /** Initial capacity: half a second at up to 32 pictures per second. */
  private static final int USUAL_COUNT = 16;

  private int[] durations = new int[USUAL_COUNT];
  private int[] sizes = new int[USUAL_COUNT];
  private int[] flags = new int[USUAL_COUNT];
  private int[] compositionOffsets = new int[USUAL_COUNT];
  private int count;
  private long sizeBytes;
  private long durationTicks;

  /** Creates an empty list. */
  public PartSamples() {}

  /**
   * Adds a sample in decode order.
   *
   * @param durationTicks time to the next sample in ticks of the track, zero or more
   * @param size number of bytes, zero or more
   * @param sampleFlags see {@link SampleFlags}
   * @param compositionOffset ticks from decode time to presentation, may be negative
   * @throws IllegalArgumentException when the duration or the size is negative
   * @throws IllegalStateException when the part has {@link #MAXIMUM_COUNT} samples, or its media
   *     would exceed about 2 GiB
   */
  public void add(int durationTicks, int size, int sampleFlags, int compositionOffset) {
    if (durationTicks < 0 || size < 0) {
      throw new IllegalArgumentException("duration " + durationTicks + " and size " + size);
    }
    if (isFull(size)) {
      throw new IllegalStateException("a part of " + count + " samples and " + sizeBytes + " B");
    }
    if (count == durations.length) {
      grow();
    }
    durations[count] = durationTicks;
    sizes[count] = size;
    flags[count] = sampleFlags;
    compositionOffsets[count] = compositionOffset;
    count++;
    sizeBytes += size;
    this.durationTicks += durationTicks;
  }

  /**
   * Returns whether a sample of the given size no longer fits in this part.
   *
   * @param size bytes of the sample
   * @return true when {@link #add} would refuse it
   */
  public boolean isFull(int size) {
    return count == MAXIMUM_COUNT || sizeBytes + size > Integer.MAX_VALUE - PartWriter.RESERVED;
  }

  /**
   * Changes the duration of a sample, which is not known exactly before the next one arrives.
   *
   * @param index from 0 to {@code count() - 1}
   * @param newDurationTicks ticks of the track, zero or more
   * @throws IndexOutOfBoundsException when there is no such sample
   * @throws IllegalArgumentException when the duration is negative
   */
  public void setDuration(int index, int newDurationTicks) {
    Objects.checkIndex(index, count);
    if (newDurationTicks < 0) {
      throw new IllegalArgumentException("duration " + newDurationTicks);
    }
    durationTicks += newDurationTicks - durations[index];
    durations[index] = newDurationTicks;
  }

  /** Removes all samples and keeps the memory. */
  public void clear() {
    count = 0;
    sizeBytes = 0;
    durationTicks = 0;
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
   * Returns the size of the media.
   *
   * @return bytes of all samples together
   */
  public long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Returns the duration of the part.
   *
   * @return ticks of all samples together
   */
  public long durationTicks() {
    return durationTicks;
  }

  /**
   * Returns the duration of a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return ticks to the next sample
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public int duration(int index) {
    return durations[Objects.checkIndex(index, count)];
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
   * Returns the flags of a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return the flags, see {@link SampleFlags}
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public int flags(int index) {
    return flags[Objects.checkIndex(index, count)];
  }

  /**
   * Returns the composition offset of a sample.
   *
   * @param index from 0 to {@code count() - 1}
   * @return ticks from decode time to presentation, may be negative
   * @throws IndexOutOfBoundsException when there is no such sample
   */
  public int compositionOffset(int index) {
    return compositionOffsets[Objects.checkIndex(index, count)];
  }

  void setFlags(int index, int newFlags) {
    flags[Objects.checkIndex(index, count)] = newFlags;
  }

  private void grow() {
    int capacity = Math.min(MAXIMUM_COUNT, durations.length * 2);
    durations = Arrays.copyOf(durations, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    flags = Arrays.copyOf(flags, capacity);
    compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
  }
}
