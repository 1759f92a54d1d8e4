package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.index.SegmentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The segments of a {@link LiveAsset} as rows of the index.
 *
 * <p>Thread-safe.
 */
final class RowsInProgress implements LiveSource {
  private final Supplier<Optional<LiveAsset>> asset;

  private RowsInProgress(Supplier<Optional<LiveAsset>> asset) {
    this.asset = asset;
  }

  /** Returns a source that looks for the recorder of an asset each time it is asked. */
  static LiveSource of(LiveAssets recorders, List<AssetView> views) {
    return new RowsInProgress(
        () ->
            views.stream()
                .map(view -> recorders.findByFolder(view.store().uri(), view.folder()))
                .flatMap(Optional::stream)
                .findFirst());
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
      (whole ? segment.row() : segment.completeFragments()).ifPresent(rows::add);
    }
    return rows;
  }
}
