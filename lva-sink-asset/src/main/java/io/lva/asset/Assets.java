package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.AssetView.SegmentFile;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.LockDocument;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Lists and deletes the assets of a store.
 *
 * <p>Stateless and therefore thread-safe.
 */
public final class Assets {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Set<String> LAST_DELETED =
      Set.of(AssetLayout.ASSET_JSON, AssetLayout.LOCK, AssetLayout.EPOCH);
  private static final int DEEPEST_FOLDER = 8;

  private Assets() {}

  /**
   * Lists the names of the assets of a store.
   *
   * @param store any store
   * @return the names in the order of their folders; an asset that lost its description is listed
   *     under the name from which its folder's name is derived
   * @throws IOException when the store fails
   */
  public static List<String> names(AssetStore store) throws IOException {
    List<String> names = new ArrayList<>();
    for (AssetView view : AssetView.all(store)) {
      names.add(view.name());
    }
    return names;
  }

  /**
   * Returns whether an asset exists.
   *
   * @param store any store
   * @param assetName its name, or that of its folder
   * @return true when its folder has an {@code asset.json}, or segments in its newest hour
   * @throws IOException when the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static boolean exists(AssetStore store, String assetName) throws IOException {
    return AssetView.find(store, assetName).isPresent();
  }

  /**
   * Describes an asset, for which its files are listed and its coverage is read.
   *
   * @param store where the asset is
   * @param assetName its name, or that of its folder
   * @return its summary
   * @throws IOException {@link NoSuchFileException} when there is no such asset, or the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static AssetSummary describe(AssetStore store, String assetName) throws IOException {
    return describe(AssetView.existing(store, assetName));
  }

  /**
   * Returns whether any process is recording, repairing or deleting an asset now.
   *
   * @param store where the asset is
   * @param assetName its name, or that of its folder
   * @return true while its lock is held
   * @throws IOException {@link NoSuchFileException} when there is no such asset, or the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static boolean isInUse(AssetStore store, String assetName) throws IOException {
    return AssetView.existing(store, assetName).isInUse();
  }

  /**
   * Describes all assets of a store.
   *
   * @param store any store
   * @return the summaries, by name
   * @throws IOException when the store fails
   */
  public static List<AssetSummary> list(AssetStore store) throws IOException {
    List<AssetSummary> summaries = new ArrayList<>();
    for (AssetView view : AssetView.all(store)) {
      summaries.add(describe(view));
    }
    summaries.sort(Comparator.comparing(AssetSummary::name));
    return summaries;
  }

  private static AssetSummary describe(AssetView view) throws IOException {
    long bytes = 0;
    int segments = 0;
    for (String hour : view.hours()) {
      for (SegmentFile file : view.segments(hour)) {
        bytes += file.sizeBytes();
        segments++;
      }
    }
    String name = view.name();
    try (AssetReader reader = AssetReader.open(view, LiveAssets.empty())) {
      Duration recorded = Duration.ZERO;
      for (TimeRange range : reader.ranges(FIRST, LAST)) {
        recorded = recorded.plus(Duration.between(range.start(), range.end()));
      }
      return new AssetSummary(
          name, view.folder(), bytes, segments, reader.span(), recorded, view.isInUse());
    }
  }

  /**
   * Deletes an asset and everything in it. A deletion that was interrupted can be repeated.
   *
   * @param store where the asset is
   * @param assetName its name, or that of its folder
   * @throws AssetInUseException when somebody else holds its lock, as a recorder does
   * @throws IOException {@link NoSuchFileException} when there is no such asset, or the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static void delete(AssetStore store, String assetName) throws IOException {
    AssetView view = AssetView.existing(store, assetName);
    try (AssetWriter writer = store.lock(view.folder(), view.name(), LockDocument.DELETION)) {
      // The description is deleted last: while it is there, deleting can be repeated.
      for (AssetStore.Entry entry : store.list(view.folder())) {
        if (!LAST_DELETED.contains(entry.name())) {
          delete(view, writer, entry.name(), entry.folder(), DEEPEST_FOLDER);
        }
      }
      writer.delete(AssetLayout.ASSET_JSON);
      writer.closeAndRemove();
    }
  }

  private static void delete(
      AssetView view, AssetWriter writer, String name, boolean folder, int depth)
      throws IOException {
    if (folder && depth > 0) {
      for (AssetStore.Entry entry : view.store().list(view.path(name))) {
        delete(view, writer, name + '/' + entry.name(), entry.folder(), depth - 1);
      }
    }
    writer.delete(name);
  }
}
