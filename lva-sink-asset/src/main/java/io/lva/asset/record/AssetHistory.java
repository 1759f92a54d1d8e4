package io.lva.asset.record;

import io.lva.media.Gap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an asset holds when a recording opens it.
 *
 * <p>Immutable.
 *
 * @param epoch the epoch of the lock under which the asset is recorded
 * @param runs number of runs the asset has had
 * @param end where its media ends; empty for a new asset
 * @param gaps why media ends there; empty for a new asset
 */
record AssetHistory(long epoch, int runs, Optional<Instant> end, List<Gap> gaps) {
  /** Returns the history of a new asset. */
  static AssetHistory none() {
    return new AssetHistory(1, 0, Optional.empty(), List.of());
  }
}
