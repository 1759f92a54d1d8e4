package io.lva.rtspsim;

import io.lva.media.Ticks;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the units of a track are in a file, and when they are due, from the first sync unit on.
 * Times always advance; a long hole in the times of the file is closed up.
 *
 * <p>Filled once and not changed afterwards; thread-safe from then on.
 */
final class UnitIndex {
  private static final int LARGEST_UNIT_BYTES = 16 << 20;
  private static final int LONGEST_STEP_SECONDS = 10;

  private final long timescale;
  private final long clockRate;
  private final long start;
  private long[] offsets = new long[256];
  private int[] sizes = new int[256];
  private long[] decodeTimes = new long[256];
  private int[] compositionOffsets = new int[256];
  private final BitSet sync = new BitSet();
  private int count;
  private long lastStep;

  /**
   * Creates an empty index.
   *
   * @param timescale ticks per second of the times that are added
   * @param clockRate ticks per second of the times that are returned
   * @param start time of the first unit, in ticks of {@code timescale}
   */
  UnitIndex(long timescale, long clockRate, long start) {
    this.timescale = timescale;
    this.clockRate = clockRate;
    this.start = start;
    lastStep = Math.max(1, timescale / 25);
  }

  /**
   * Adds a unit; units before the first sync unit are left out.
   *
   * @param step ticks since the unit before
   * @param compositionOffset ticks from decoding to presentation
   */
  void add(long offset, int size, long step, int compositionOffset, boolean isSync)
      throws UnservableFileException {
    if (size > LARGEST_UNIT_BYTES) {
      throw new UnservableFileException("unit of " + size + " bytes");
    }
    if (count == 0 && !isSync) {
      return;
    }
    if (count == offsets.length) {
      grow();
    }
    offsets[count] = offset;
    sizes[count] = size;
    decodeTimes[count] = count == 0 ? start : decodeTimes[count - 1] + checkedStep(step);
    compositionOffsets[count] = compositionOffset;
    sync.set(count, isSync);
    count++;
  }

  int count() {
    return count;
  }

  long offset(int index) {
    return offsets[index];
  }

  int size(int index) {
    return sizes[index];
  }

  boolean sync(int index) {
    return sync.get(index);
  }

  /** Returns when a unit is due, in ticks of the RTP clock. */
  long decodeTicks(int index) {
    return toMediaTicks(decodeTimes[index]);
  }

  long presentationTicks(int index) {
    return toMediaTicks(decodeTimes[index] + compositionOffsets[index]);
  }

  /** Returns when the last unit ends; it is taken to last as long as the one before it. */
  long endTicks() {
    return Math.max(1, toMediaTicks(decodeTimes[count - 1] + lastStep));
  }

  private long checkedStep(long step) {
    if (step > 0 && step <= LONGEST_STEP_SECONDS * timescale) {
      lastStep = step;
    }
    return lastStep;
  }

  private long toMediaTicks(long time) {
    return Ticks.convertRounded(time, timescale, clockRate);
  }

  private void grow() {
    int capacity = 2 * count;
    offsets = Arrays.copyOf(offsets, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    decodeTimes = Arrays.copyOf(decodeTimes, capacity);
    compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
  }
}
