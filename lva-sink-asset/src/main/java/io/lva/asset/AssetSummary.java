package io.lva.asset;

import io.lva.asset.index.TimeRange;
import java.time.Duration;
import java.util.Optional;

/**
 * A summary of one asset.
 *
 * <p>Immutable.
 *
 * @param name its name
 * @param folder its folder in the store
 * @param bytes size of all segments, including the ones that are being written
 * @param segments number of segments, including the ones that are being written
 * @param span from its first sample to its last; empty when it has none
 * @param recorded how much of the span was recorded, including short outages that are bridged
 * @param inUse whether somebody holds its lock now, as a recorder does
 */
public record AssetSummary(
    String name,
    String folder,
    long bytes,
    int segments,
    Optional<TimeRange> span,
    Duration recorded,
    boolean inUse) {
  /**
   * Creates an asset summary.
   *
   * @param name its name
   * @param folder its folder in the store
   * @param bytes size of all segments, including the ones that are being written
   * @param segments number of segments, including the ones that are being written
   * @param span from its first sample to its last; empty when it has none
   * @param recorded how much of the span was recorded, including short outages that are bridged
   * @param inUse whether somebody holds its lock now, as a recorder does
   */
  public AssetSummary {}
}
