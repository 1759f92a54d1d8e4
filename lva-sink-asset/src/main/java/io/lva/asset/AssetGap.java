package io.lva.asset;

import io.lva.asset.format.DayIndex;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.index.TombstoneRow;
import io.lva.media.Gap;
import io.lva.media.GapOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A gap of an asset.
 *
 * <p>Immutable.
 *
 * @param gap open while it lasts; where a clock was set back, it ends before it starts
 * @param bridged whether the run goes on after the gap, with the last sample before it extended
 */
public record AssetGap(Gap gap, boolean bridged) {
  /**
   * Creates a gap.
   *
   * @param gap open while it lasts
   * @param bridged whether the run goes on after the gap
   */
  public AssetGap {}

  /** Adds those gaps of a day whose ids are not in the map yet. */
  static void collect(DayIndex day, Map<String, AssetGap> gaps) {
    for (DayIndex.GapRow row : day.gaps()) {
      gaps.putIfAbsent(row.gap().id(), new AssetGap(row.gap(), row.bridged()));
    }
    for (TombstoneRow row : day.tombstones()) {
      Gap gap = Gap.open(row.key(), row.start(), GapOrigin.RUNTIME, row.cause());
      gaps.putIfAbsent(row.key(), new AssetGap(gap.closedAt(row.end()), false));
    }
  }

  /**
   * Returns when media begins again. Where a clock was set back, nothing is missing; times occur
   * twice.
   *
   * @return the instant, never before the start; empty while the gap is open
   */
  public Optional<Instant> end() {
    return gap.end().map(end -> end.isBefore(gap.start()) ? gap.start() : end);
  }

  /**
   * Returns by how much a clock was set back at this gap.
   *
   * @return the duration; zero for every other gap
   */
  public Duration setBack() {
    return gap.end()
        .filter(end -> end.isBefore(gap.start()))
        .map(end -> Duration.between(end, gap.start()))
        .orElse(Duration.ZERO);
  }

  /**
   * Returns whether the media on both sides adjoins. The gap then only says why one run ends and
   * the next begins; it is no hole.
   *
   * @return false also while the gap is open
   */
  public boolean adjoins() {
    return gap.end().filter(end -> TimeRanges.adjoin(gap.start(), end)).isPresent();
  }

  /** Returns whether the gap lasts at some time between two instants. */
  boolean overlaps(Instant start, Instant end) {
    return gap.start().isBefore(end) && end().map(until -> until.isAfter(start)).orElse(true);
  }
}
