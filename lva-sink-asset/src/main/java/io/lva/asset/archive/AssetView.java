package io.lva.asset.archive;

import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Everything that can be read in one asset, in any store. Nothing is cached between calls.
 *
 * <p>Thread-safe.
 */
public final class AssetView {
  private final AssetStore store;
  private final String folder;

  /**
   * Creates a view of a folder; this reads nothing.
   *
   * @param store where the asset is
   * @param folder folder of the asset, as {@link AssetLayout#folderName} returns it; it need not
   *     exist
   */
  public AssetView(AssetStore store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  /**
   * Finds the assets of a store.
   *
   * @param store any store
   * @return the assets, by folder; folders that are not assets are left out
   * @throws IOException when the store fails
   */
  public static List<AssetView> all(AssetStore store) throws IOException {
    List<AssetView> assets = new ArrayList<>();
    for (AssetStore.Entry entry : store.list("")) {
      AssetView view = new AssetView(store, entry.name());
      if (entry.folder() && AssetLayout.isFolderName(entry.name()) && view.isAsset()) {
        assets.add(view);
      }
    }
    return assets;
  }

  /**
   * Finds an asset.
   *
   * @param store any store
   * @param name the name of the asset or, when no asset has that name, of its folder
   * @return the asset, if there is one
   * @throws IOException when the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static Optional<AssetView> find(AssetStore store, String name) throws IOException {
    AssetView view = new AssetView(store, AssetLayout.folderName(name));
    if (!view.isAsset() && AssetLayout.isFolderName(name)) {
      view = new AssetView(store, name);
    }
    return view.isAsset() ? Optional.of(view) : Optional.empty();
  }

  /**
   * Finds an asset that must exist.
   *
   * @param store any store
   * @param name as {@link #find} takes it
   * @return the asset
   * @throws IOException {@link NoSuchFileException} when there is no such asset, or the store fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static AssetView existing(AssetStore store, String name) throws IOException {
    return find(store, name)
        .orElseThrow(
            () -> new NoSuchFileException("no asset " + name + " in the store " + store.uri()));
  }

  /**
   * Returns the store.
   *
   * @return the store that was given
   */
  public AssetStore store() {
    return store;
  }

  /**
   * Returns the folder of the asset.
   *
   * @return the folder, relative to the store
   */
  public String folder() {
    return folder;
  }

  /**
   * Returns whether the folder is an asset. An asset that lost its {@code asset.json} still counts
   * when it has segments; the verifier reports the loss.
   *
   * @return true when there is an {@code asset.json}, or there are segments in the newest hour
   * @throws IOException when the store fails
   */
  public boolean isAsset() throws IOException {
    if (store.size(path(AssetLayout.ASSET_JSON)).isPresent()) {
      return true;
    }
    List<String> newest = newestHours(1);
    return !newest.isEmpty() && !segments(newest.get(0)).isEmpty();
  }

  /**
   * Returns whether any process is recording, repairing or deleting the asset now.
   *
   * @return true while its lock is held
   * @throws IOException when the store fails
   */
  public boolean isInUse() throws IOException {
    return store.isLocked(folder);
  }

  /**
   * Returns the name of the asset.
   *
   * @return the name in {@code asset.json} or, when that file is lost or belongs to another folder,
   *     the name from which the folder's name is derived
   * @throws IOException when the store fails
   */
  public String name() throws IOException {
    try {
      String name = description().name();
      if (AssetLayout.folderName(name).equals(folder)) {
        return name;
      }
    } catch (AssetFormatException | IllegalArgumentException e) {
      // The folder always has a name.
    }
    return AssetLayout.assetName(folder).orElse(folder);
  }

  /**
   * Reads {@code asset.json}.
   *
   * @return the description of the asset
   * @throws AssetFormatException when the file is missing, damaged, or written by a later version
   *     of the format
   * @throws IOException when the store fails
   */
  public AssetDescription description() throws IOException {
    byte[] document =
        IndexFiles.readAll(store, path(AssetLayout.ASSET_JSON), AssetDescription.LARGEST_BYTES);
    if (document.length == 0) {
      throw new AssetFormatException("no " + AssetLayout.ASSET_JSON);
    }
    return AssetDescription.parse(document);
  }

  /**
   * Lists the index files.
   *
   * @return the files by UTC day
   * @throws IOException when the store fails
   */
  public NavigableMap<LocalDate, IndexDay> indexDays() throws IOException {
    return IndexFiles.days(store, folder);
  }

  /**
   * Reads the fences, which tell which media of superseded epochs counts.
   *
   * @return the fences; {@link Fences#none} when the asset has had one writer
   * @throws AssetFormatException when the document is damaged or was written by a later version of
   *     the format
   * @throws IOException when the store fails
   */
  public Fences fences() throws IOException {
    return IndexFiles.fences(store, folder);
  }

  /**
   * Reads the index of a day.
   *
   * @param date in UTC
   * @return its rows; empty when there is no index file
   * @throws AssetFormatException as for {@link #fences}
   * @throws IOException when the store fails
   */
  public DayIndex index(LocalDate date) throws IOException {
    return index(date, fences());
  }

  /**
   * Reads the index of a day.
   *
   * @param date in UTC
   * @param fences of the asset
   * @return its rows; empty when there is no index file
   * @throws IOException when the store fails
   */
  public DayIndex index(LocalDate date, Fences fences) throws IOException {
    IndexDay day = indexDays().get(date);
    return day == null ? DayIndex.of(date, new byte[0], fences) : index(day, fences);
  }

  /**
   * Reads the index of a day.
   *
   * @param day its files
   * @param fences of the asset
   * @return its rows
   * @throws IOException when the store fails
   */
  public DayIndex index(IndexDay day, Fences fences) throws IOException {
    return IndexFiles.read(store, folder, day, fences);
  }

  /**
   * Reads the index of a day again.
   *
   * @param day its files now
   * @param known what was read before; if the files have only grown, only the new rows are read
   * @return its rows now
   * @throws IOException when the store fails
   */
  public DayIndex index(IndexDay day, DayIndex known) throws IOException {
    return IndexFiles.readOn(store, folder, day, known);
  }

  /**
   * Reads the coverage.
   *
   * @return the coverage; an empty one when it is missing or cannot be parsed
   * @throws IOException when the store fails, or the document is larger than {@link
   *     Coverage#LARGEST_BYTES}
   */
  public Coverage coverage() throws IOException {
    return IndexFiles.coverage(store, folder);
  }

  /**
   * Lists the hour folders.
   *
   * @return the folders, as {@link SegmentName#hourFolder} names them, oldest first
   * @throws IOException when the store fails
   */
  public List<String> hours() throws IOException {
    return AssetTree.hours(store, folder);
  }

  /**
   * Lists the newest hour folders.
   *
   * @param count the maximum number
   * @return the folders, oldest first
   * @throws IOException when the store fails
   */
  public List<String> newestHours(int count) throws IOException {
    return AssetTree.newestHours(store, folder, count);
  }

  /**
   * Lists the segments of an hour.
   *
   * @param hour a folder of {@link #hours}
   * @return the files by name, including those being written
   * @throws IOException when the store fails
   */
  public List<SegmentFile> segments(String hour) throws IOException {
    List<SegmentFile> files = new ArrayList<>();
    for (AssetStore.Entry entry : store.list(path(hour))) {
      if (!entry.folder()) {
        SegmentName.parse(hour + '/' + entry.name())
            .ifPresent(name -> files.add(new SegmentFile(name, entry.sizeBytes())));
      }
    }
    return files;
  }

  /**
   * Lists the entries of an hour folder that do not belong there.
   *
   * @param hour a folder of {@link #hours}
   * @return names relative to the folder of the asset
   * @throws IOException when the store fails
   */
  public List<String> strangers(String hour) throws IOException {
    List<String> strangers = new ArrayList<>();
    for (AssetStore.Entry entry : store.list(path(hour))) {
      String name = hour + '/' + entry.name();
      if (entry.folder() || SegmentName.parse(name).isEmpty()) {
        strangers.add(name);
      }
    }
    return strangers;
  }

  /**
   * Opens a file of the asset.
   *
   * @param name relative to the folder of the asset
   * @return the file, which must be closed
   * @throws IOException when there is no such file or the store fails
   */
  public StoredFile open(String name) throws IOException {
    return store.open(path(name));
  }

  /**
   * Opens a complete file of the asset for reading its headers one after the other. From a store
   * where each call costs a round trip, several headers are fetched at a time.
   *
   * @param name relative to the folder of the asset
   * @return the file, which must be closed and is not thread-safe
   * @throws IOException when there is no such file or the store fails
   */
  public StoredFile openHeaders(String name) throws IOException {
    return AheadFile.open(store, path(name));
  }

  /**
   * Reads the headers of a segment.
   *
   * @param name name of a complete or unfinished segment, relative to the folder of the asset
   * @return a scanner that has read the headers; the file is closed again
   * @throws AssetFormatException when the file is not a segment
   * @throws IOException when there is no such file or the store fails
   */
  public SegmentScanner scan(String name) throws IOException {
    return AssetTree.scan(store, folder, name);
  }

  /**
   * Returns the store's name for a file of the asset.
   *
   * @param name relative to the folder of the asset
   * @return the name, relative to the store
   */
  public String path(String name) {
    return folder + '/' + name;
  }

  /**
   * A file in an hour folder. Immutable.
   *
   * @param name its name, parsed
   * @param sizeBytes its present size
   */
  public record SegmentFile(SegmentName name, long sizeBytes) {
    /**
     * Creates a segment file.
     *
     * @param name its name, parsed
     * @param sizeBytes its present size
     */
    public SegmentFile {}
  }
}
