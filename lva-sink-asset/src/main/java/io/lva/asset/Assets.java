package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.AssetView.SegmentFile;
import io.lva.asset.format.AssetFormatException;
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
import java.util.Optional;
import java.util.Set;

/**
 * The assets of a store: lists and deletes them.
 *
 * <p>Thread-safe: there is no state.
 */
public final class Assets {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Set<String> LAST_DELETED =
      Set.of(AssetLayout.ASSET_JSON, AssetLayout.LOCK, AssetLayout.EPOCH);
  private static final int DEEPEST_FOLDER = 8;

  private Assets() {}

  /**
   * Finds the assets of a store.
   *
   * @param store any
   * @return by folder; folders that are no asset are left out
   * @throws IOException when the store fails
   */
  public static List<AssetView> find(AssetStore store) throws IOException {
    List<AssetView> assets = new ArrayList<>();
    for (AssetStore.Entry entry : store.list("")) {
      AssetView view = new AssetView(store, entry.name());
      if (entry.folder() && AssetLayout.isFolderName(entry.name()) && isAsset(view)) {
        assets.add(view);
      }
    }
    return assets;
  }

  /**
   * Finds an asset by its name.
   *
   * @param store any
   * @param assetName its name
   * @return the asset, if there is one
   * @throws IOException when the store fails
   */
  public static Optional<AssetView> find(AssetStore store, String assetName) throws IOException {
    AssetView view = view(store, assetName);
    return isAsset(view) ? Optional.of(view) : Optional.empty();
  }

  /**
   * Returns whether there is an asset of a name.
   *
   * @param store any
   * @param assetName its name
   * @return true with an {@code asset.json}, or with segments in the newest hour
   * @throws IOException when the store fails
   */
  public static boolean exists(AssetStore store, String assetName) throws IOException {
    return isAsset(view(store, assetName));
  }

  /**
   * Describes an asset: lists its files and reads its coverage.
   *
   * @param store where it is
   * @param assetName its name
   * @return one line about it
   * @throws IOException {@link NoSuchFileException} when there is no such asset, or the store fails
   */
  public static AssetSummary describe(AssetStore store, String assetName) throws IOException {
    return describe(existing(store, assetName));
  }

  private static AssetView view(AssetStore store, String assetName) {
    return new AssetView(store, AssetLayout.folderName(assetName));
  }

  private static AssetView existing(AssetStore store, String assetName) throws IOException {
    AssetView view = view(store, assetName);
    if (!isAsset(view)) {
      throw new NoSuchFileException("no asset " + assetName + " in the store " + store.uri());
    }
    return view;
  }

  /**
   * Returns whether a folder is an asset, also when it lost what says so, which the verifier
   * reports.
   *
   * @param view of the folder
   * @return true with an {@code asset.json}, or with segments in the newest hour
   * @throws IOException when the store fails
   */
  public static boolean isAsset(AssetView view) throws IOException {
    if (view.store().size(view.path(AssetLayout.ASSET_JSON)).isPresent()) {
      return true;
    }
    List<String> newest = view.newestHours(1);
    return !newest.isEmpty() && !view.segments(newest.get(0)).isEmpty();
  }

  /**
   * Describes all assets of a store.
   *
   * @param store any
   * @return by name
   * @throws IOException when the store fails
   */
  public static List<AssetSummary> list(AssetStore store) throws IOException {
    List<AssetSummary> summaries = new ArrayList<>();
    for (AssetView view : find(store)) {
      summaries.add(describe(view));
    }
    summaries.sort(Comparator.comparing(AssetSummary::name));
    return summaries;
  }

  /**
   * Describes an asset: lists its files and reads its coverage.
   *
   * @param view the asset
   * @return one line about it
   * @throws IOException when the store fails
   */
  public static AssetSummary describe(AssetView view) throws IOException {
    long bytes = 0;
    int segments = 0;
    for (String hour : view.hours()) {
      for (SegmentFile file : view.segments(hour)) {
        bytes += file.sizeBytes();
        segments++;
      }
    }
    String name = name(view);
    try (AssetReader reader = AssetReader.open(view.store(), name)) {
      Duration recorded = Duration.ZERO;
      for (TimeRange range : reader.ranges(FIRST, LAST)) {
        recorded = recorded.plus(Duration.between(range.start(), range.end()));
      }
      return new AssetSummary(
          name, view.folder(), bytes, segments, reader.span(), recorded, isInUse(view));
    }
  }

  /**
   * Returns the name of an asset: that in {@code asset.json} or, without one, that of its folder.
   *
   * @param view of the folder
   * @return the name
   * @throws IOException when the store fails
   */
  public static String name(AssetView view) throws IOException {
    try {
      return view.description().name();
    } catch (AssetFormatException e) {
      return AssetLayout.assetName(view.folder()).orElse(view.folder());
    }
  }

  /**
   * Returns whether an asset is being recorded now, by any process.
   *
   * @param view of the folder
   * @return true while a recorder holds its lock
   * @throws IOException when the store fails
   */
  public static boolean isInUse(AssetView view) throws IOException {
    return view.store().isLocked(view.folder());
  }

  /**
   * Deletes an asset with everything in it. When that was interrupted it can be repeated.
   *
   * @param store where it is
   * @param assetName its name
   * @throws AssetInUseException when somebody records to it
   * @throws IOException {@link NoSuchFileException} when there is no such asset, or the store fails
   */
  public static void delete(AssetStore store, String assetName) throws IOException {
    AssetView view = existing(store, assetName);
    try (AssetWriter writer = store.lock(view.folder(), assetName, LockDocument.DELETION)) {
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
