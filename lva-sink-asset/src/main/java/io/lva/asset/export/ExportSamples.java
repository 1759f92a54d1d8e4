package io.lva.asset.export;

import java.util.Arrays;

/**
 * The samples of an export in the order of its media, stored as numbers: 34 bytes per sample.
 *
 * <p>Not thread-safe.
 */
final class ExportSamples {
  private static final int MAXIMUM_COUNT = 1 << 23;

  private byte[] tracks = new byte[1024];
  private boolean[] syncs = new boolean[1024];
  private long[] times = new long[1024];
  private long[] offsets = new long[1024];
  private int[] durations = new int[1024];
  private int[] compositionOffsets = new int[1024];
  private int[] sizes = new int[1024];
  private int[] files = new int[1024];
  private int count;

  /** Adds a sample after the others; its time is in ticks of its track since the Unix epoch. */
  void add(
      int track,
      long time,
      int duration,
      int compositionOffset,
      boolean sync,
      int file,
      long offset,
      int size)
      throws ExportException {
    if (count == MAXIMUM_COUNT) {
      throw new ExportException(
          "the range has more than " + MAXIMUM_COUNT + " samples; export it in pieces");
    }
    if (count == times.length) {
      grow();
    }
    tracks[count] = (byte) track;
    syncs[count] = sync;
    times[count] = time;
    offsets[count] = offset;
    durations[count] = duration;
    compositionOffsets[count] = compositionOffset;
    sizes[count] = size;
    files[count] = file;
    count++;
  }

  private void grow() {
    int capacity = count * 2;
    tracks = Arrays.copyOf(tracks, capacity);
    syncs = Arrays.copyOf(syncs, capacity);
    times = Arrays.copyOf(times, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    durations = Arrays.copyOf(durations, capacity);
    compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    files = Arrays.copyOf(files, capacity);
  }

  int count() {
    return count;
  }

  /** Index of the track in its section. */
  int track(int index) {
    return tracks[index];
  }

  boolean sync(int index) {
    return syncs[index];
  }

  /** Decode time in ticks since the Unix epoch. */
  long time(int index) {
    return times[index];
  }

  /** Presentation time in ticks since the Unix epoch. */
  long presentation(int index) {
    return times[index] + compositionOffsets[index];
  }

  int duration(int index) {
    return durations[index];
  }

  void setDuration(int index, long duration) {
    durations[index] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, duration));
  }

  int compositionOffset(int index) {
    return compositionOffsets[index];
  }

  int file(int index) {
    return files[index];
  }

  long offset(int index) {
    return offsets[index];
  }

  int size(int index) {
    return sizes[index];
  }

  /** Leaves a sample out. */
  void drop(int index) {
    sizes[index] = -1;
  }

  boolean isDropped(int index) {
    return sizes[index] < 0;
  }
}
