package io.lva.asset;

import io.lva.asset.store.AssetFormatException;
import io.lva.asset.store.AssetView;
import io.lva.asset.store.DiskAssetStore;
import io.lva.asset.store.SegmentRow;
import io.lva.asset.store.SegmentRowBuilder;
import io.lva.asset.store.TrackRow;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The segments of a {@link LiveAsset} as rows of the index.
 *
 * <p>Thread-safe.
 */
final class LiveRows implements LiveSource {
  private final Supplier<Optional<LiveAsset>> asset;

  private LiveRows(Supplier<Optional<LiveAsset>> asset) {
    this.asset = asset;
  }

  /** Looks for the recorder in this process of an asset on a disk, whenever it is asked. */
  static LiveSource ofProcess(AssetView view) {
    URI store = ((DiskAssetStore) view.store()).root().toUri();
    return new LiveRows(() -> LiveAssets.ofProcess().findByFolder(store, view.folder()));
  }

  @Override
  public Optional<List<SegmentRow>> segments() {
    return asset.get().map(live -> rows(live.snapshot()));
  }

  private static List<SegmentRow> rows(LiveAsset.Snapshot snapshot) {
    List<SegmentRow> rows = new ArrayList<>();
    int last = snapshot.segments().size() - 1;
    for (int i = 0; i <= last; i++) {
      LiveSegment segment = snapshot.segments().get(i);
      boolean whole = segment.complete() || i < last || snapshot.ended();
      row(segment, whole).ifPresent(rows::add);
    }
    return rows;
  }

  private static Optional<SegmentRow> row(LiveSegment segment, boolean whole) {
    try {
      SegmentRowBuilder builder = new SegmentRowBuilder(template(segment));
      long size = segment.headBytes();
      for (LivePart part : segment.parts()) {
        builder.part(
            part.trackId(),
            part.offset(),
            part.sizeBytes(),
            part.decodeTime() - base(segment, part.trackId()),
            part.durationTicks(),
            part.independent());
        size = part.offset() + part.sizeBytes();
      }
      return whole ? builder.row(size) : builder.completeFragments(size);
    } catch (AssetFormatException e) {
      throw new IllegalStateException("the recorder makes parts that it cannot read", e);
    }
  }

  private static SegmentRow template(LiveSegment segment) {
    int master = segment.tracks().get(0).id();
    boolean unsynced =
        segment.parts().stream()
            .filter(part -> part.trackId() == master)
            .findFirst()
            .map(part -> !part.independent())
            .orElse(false);
    return new SegmentRow(
        segment.run(),
        segment.runNumber(),
        segment.sequence(),
        segment.file(),
        0,
        segment.sequence() > 0 && segment.gaps().isEmpty(),
        unsynced,
        segment.tracks());
  }

  private static long base(LiveSegment segment, int trackId) {
    for (TrackRow track : segment.tracks()) {
      if (track.id() == trackId) {
        return track.base();
      }
    }
    throw new IllegalStateException("no track " + trackId);
  }
}
