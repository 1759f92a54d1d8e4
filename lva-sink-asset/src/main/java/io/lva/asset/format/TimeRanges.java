package io.lva.asset.format;

import io.lva.asset.index.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of instants as disjoint ranges in nanoseconds. Ranges less than 1 ms apart become one,
 * because ticks of two timescales rarely fall on the same nanosecond.
 *
 * <p>Not thread-safe.
 */
public final class TimeRanges {
  /** Ranges less than this many nanoseconds apart become one. */
  public static final long JOINED_NANOS = 1_000_000;

  private static final Duration JOINED = Duration.ofNanos(JOINED_NANOS);

  private final NavigableMap<Long, Long> ends = new TreeMap<>();

  /** Creates an empty set. */
  public TimeRanges() {}

  /**
   * Returns whether a range that ends at one instant and a range that begins at the other become
   * one.
   *
   * @param one an instant
   * @param other an instant, before or after it
   * @return true when they are less than 1 ms apart
   */
  public static boolean adjoin(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(JOINED) < 0;
  }

  /**
   * Adds a range, in amortized O(log n).
   *
   * @param startNanos nanoseconds since the Unix epoch
   * @param endNanos nanoseconds since the Unix epoch; nothing happens when it is not after the
   *     start
   */
  public void add(long startNanos, long endNanos) {
    if (endNanos <= startNanos) {
      return;
    }
    long start = startNanos;
    long end = endNanos;
    Map.Entry<Long, Long> before = ends.floorEntry(endNanos + JOINED_NANOS - 1);
    while (before != null && before.getValue() > startNanos - JOINED_NANOS) {
      start = Math.min(start, before.getKey());
      end = Math.max(end, before.getValue());
      ends.remove(before.getKey());
      before = ends.floorEntry(endNanos + JOINED_NANOS - 1);
    }
    ends.put(start, end);
  }

  /**
   * Adds all ranges of another set.
   *
   * @param other the other set, which is not changed
   */
  public void addAll(TimeRanges other) {
    other.ends.forEach(this::add);
  }

  /**
   * Returns whether the set is empty.
   *
   * @return true when there is no range
   */
  public boolean isEmpty() {
    return ends.isEmpty();
  }

  /**
   * Returns the parts of the ranges that lie between two instants.
   *
   * @param startNanos nanoseconds since the Unix epoch
   * @param endNanos nanoseconds since the Unix epoch
   * @return the parts, in order
   */
  public List<TimeRange> within(long startNanos, long endNanos) {
    List<TimeRange> found = new ArrayList<>();
    Long first = ends.floorKey(startNanos);
    for (Map.Entry<Long, Long> range :
        ends.tailMap(first == null ? startNanos : first, true).entrySet()) {
      if (range.getKey() >= endNanos) {
        break;
      }
      long start = Math.max(startNanos, range.getKey());
      long end = Math.min(endNanos, range.getValue());
      if (end > start) {
        found.add(TimeRange.ofNanos(start, end));
      }
    }
    return found;
  }

  /**
   * Returns all ranges.
   *
   * @return the ranges, in order
   */
  public List<TimeRange> all() {
    return within(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Returns the holes between two instants.
   *
   * @param startNanos nanoseconds since the Unix epoch
   * @param endNanos nanoseconds since the Unix epoch
   * @return the holes, in order
   */
  public List<TimeRange> holes(long startNanos, long endNanos) {
    List<TimeRange> holes = new ArrayList<>();
    long next = startNanos;
    for (TimeRange range : within(startNanos, endNanos)) {
      if (range.startNanos() > next) {
        holes.add(TimeRange.ofNanos(next, range.startNanos()));
      }
      next = range.endNanos();
    }
    if (next < endNanos) {
      holes.add(TimeRange.ofNanos(next, endNanos));
    }
    return holes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeRanges that && ends.equals(that.ends);
  }

  @Override
  public int hashCode() {
    return ends.hashCode();
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
