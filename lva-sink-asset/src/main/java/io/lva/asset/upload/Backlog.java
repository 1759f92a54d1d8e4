package io.lva.asset.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.index.SegmentRow;
import io.lva.spi.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a spool that are not published yet. A segment is either claimed by the upload or
 * evicted because the spool is full, but never both.
 *
 * <p>Thread-safe.
 */
final class Backlog {
  private static final Comparator<SegmentRow> BY_RECORDING =
      Comparator.comparingInt(SegmentRow::runNumber)
          .thenComparing(row -> row.run().text())
          .thenComparingInt(SegmentRow::sequence);

  @GuardedBy("this")
  private final NavigableMap<SegmentRow, Long> waiting = new TreeMap<>(BY_RECORDING);

  /**
   * Keys of evicted segments, whose rows are still ahead in the index and must not be published.
   */
  @GuardedBy("this")
  private final Set<String> evicted = new HashSet<>();

  @GuardedBy("this")
  private @Nullable SegmentRow claimed;

  @GuardedBy("this")
  private long bytes;

  private final Clock clock;

  /** Begins with what an earlier process left, which has waited since its media ended. */
  Backlog(Collection<SegmentRow> rows, Collection<String> evictedKeys, Clock clock) {
    this.clock = clock;
    evicted.addAll(evictedKeys);
    for (SegmentRow row : rows) {
      if (!evicted.contains(row.key())) {
        addNew(row, Math.max(0, clock.utcNanos() - row.endNanos()));
      }
    }
  }

  /** Adds a segment, unless it is already known or was evicted. */
  synchronized void add(SegmentRow row) {
    if (!evicted.contains(row.key())) {
      addNew(row, 0);
    }
  }

  @GuardedBy("this")
  private void addNew(SegmentRow row, long ageNanos) {
    if (waiting.putIfAbsent(row, clock.nanoTime() - ageNanos) == null) {
      bytes += row.sizeBytes();
    }
  }

  /**
   * Claims a segment for the upload. It cannot be evicted from then on until it is removed, not
   * even after a failure: the store may have its file, if only the answer was lost.
   *
   * @return false when it has already been evicted
   */
  synchronized boolean claim(SegmentRow row) {
    if (evicted.contains(row.key())) {
      return false;
    }
    addNew(row, 0);
    claimed = row;
    return true;
  }

  /** Removes a segment that is published, or whose row was left out. */
  synchronized void remove(SegmentRow row) {
    if (waiting.remove(row) != null) {
      bytes -= row.sizeBytes();
    }
    evicted.remove(row.key());
    if (isClaimed(row)) {
      claimed = null;
    }
  }

  @GuardedBy("this")
  private boolean isClaimed(SegmentRow row) {
    return claimed != null && claimed.key().equals(row.key());
  }

  /** Evicts the oldest unclaimed segment if all segments together exceed a limit. */
  synchronized Optional<SegmentRow> evictBeyond(long limitBytes) {
    if (bytes <= limitBytes) {
      return Optional.empty();
    }
    for (SegmentRow row : waiting.keySet()) {
      if (!isClaimed(row)) {
        waiting.remove(row);
        bytes -= row.sizeBytes();
        evicted.add(row.key());
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /** Puts back a segment that could not be deleted. */
  synchronized void restore(SegmentRow row) {
    evicted.remove(row.key());
    addNew(row, 0);
  }

  /** Returns how long the oldest segment has waited; zero when none waits. */
  synchronized Duration age() {
    return waiting.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, clock.nanoTime() - waiting.firstEntry().getValue()));
  }

  /** Returns the size of all segments. */
  synchronized long bytes() {
    return bytes;
  }
}
