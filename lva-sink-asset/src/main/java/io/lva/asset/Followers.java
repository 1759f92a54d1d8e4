package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows what another process records, in all stores of an asset that show its files.
 *
 * <p>Called by one thread at a time, except for {@link #snapshot}.
 */
final class Followers implements AutoCloseable {
  private final List<PartFollower> followers = new ArrayList<>();
  private volatile Optional<LiveAsset.Snapshot> snapshot = Optional.empty();

  Followers(List<AssetView> views) {
    views.forEach(view -> followers.add(new PartFollower(view)));
  }

  /** Looks for files that have grown, and returns the rows that the index does not have. */
  List<SegmentRow> follow(Predicate<SegmentName> indexed, Instant now) throws IOException {
    List<SegmentRow> rows = new ArrayList<>();
    List<LiveSegment> segments = new ArrayList<>();
    for (PartFollower follower : followers) {
      rows.addAll(follower.follow(indexed, now));
      segments.addAll(segments.isEmpty() ? follower.live() : List.of());
    }
    show(segments);
    return rows;
  }

  private void show(List<LiveSegment> segments) {
    if (segments.isEmpty()) {
      snapshot = Optional.empty();
    } else if (snapshot.filter(known -> known.segments().equals(segments)).isEmpty()) {
      snapshot = Optional.of(new LiveAsset.Snapshot(segments, Optional.empty(), false));
    }
  }

  /** Forgets the snapshot, because a recorder in this process knows more. */
  void rest() {
    snapshot = Optional.empty();
  }

  /** Returns the newest end as of the last look; the same object while nothing has changed. */
  Optional<LiveAsset.Snapshot> snapshot() {
    return snapshot;
  }

  @Override
  public void close() throws IOException {
    for (PartFollower follower : followers) {
      follower.close();
    }
  }
}
