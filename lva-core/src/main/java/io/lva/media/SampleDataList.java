package io.lva.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Kept sample data in order, presented as few buffers for a gathering write.
 *
 * <p>Samples that lie one after another in a slab become one buffer, so half a second of a camera
 * is a handful of buffers however many samples it has.
 *
 * <p>Not thread-safe: filled on the media loop, then handed over whole.
 */
public final class SampleDataList {
  private final List<Slab> slabs = new ArrayList<>();
  private final List<int[]> ranges = new ArrayList<>();
  private long size;

  /** Creates an empty list. */
  public SampleDataList() {}

  /**
   * Adds data at the end of the list and keeps it until {@link #release}.
   *
   * @param data any data that is valid now
   */
  public void add(SampleData data) {
    for (int i = 0; i < data.slabCount(); i++) {
      int length = data.rangeLength(i);
      if (length > 0) {
        addRange(data.slab(i), data.rangeStart(i), length);
      }
    }
    size += data.size();
  }

  /**
   * Returns the number of bytes.
   *
   * @return the sum of what was added since the last {@link #release}
   */
  public long size() {
    return size;
  }

  /**
   * Appends the content to a list of buffers.
   *
   * @param target receives read-only buffers, valid until {@link #release}
   */
  public void appendTo(List<ByteBuffer> target) {
    for (int i = 0; i < slabs.size(); i++) {
      target.add(slabs.get(i).range(ranges.get(i)[0], ranges.get(i)[1]));
    }
  }

  /** Releases all data and leaves the list empty. */
  public void release() {
    slabs.forEach(Slab::release);
    slabs.clear();
    ranges.clear();
    size = 0;
  }

  private void addRange(Slab slab, int start, int length) {
    int last = slabs.size() - 1;
    if (last >= 0 && slabs.get(last) == slab) {
      int[] range = ranges.get(last);
      if (range[0] + range[1] == start) {
        range[1] += length;
        return;
      }
    }
    slab.retain();
    slabs.add(slab);
    ranges.add(new int[] {start, length});
  }
}
