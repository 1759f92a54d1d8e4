package io.lva.asset.store;

import io.lva.asset.format.AssetLayout;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Where assets are kept. Names are relative to the store, with {@code /} between their parts: first
 * the folder of the asset ({@link AssetLayout#folderName}), then a name in that folder as defined
 * by {@link AssetLayout}.
 *
 * <p>Reading needs no lock. Writing goes through the {@link AssetWriter} that {@link #lock}
 * returns. A store without locks of its own extends {@link ObjectAssetStore}, which implements them
 * by conditional replacement.
 *
 * <p>Thread-safe. Calls block: none belongs on a media loop.
 */
public interface AssetStore extends AutoCloseable {
  /**
   * Opens the store that a URI names.
   *
   * @param uri {@code file:} or a scheme that an installed {@link AssetStoreProvider} knows; a URI
   *     without a scheme is a path
   * @return the store, to be closed
   * @throws IOException when no provider knows the scheme, or the store cannot be opened
   */
  static AssetStore open(URI uri) throws IOException {
    String scheme = uri.getScheme() == null ? "file" : uri.getScheme();
    for (AssetStoreProvider provider : ServiceLoader.load(AssetStoreProvider.class)) {
      if (provider.schemes().contains(scheme)) {
        return open(provider, uri);
      }
    }
    throw new IOException(
        "no installed store knows '"
            + scheme
            + ":'; add the module of that store, or use a folder");
  }

  private static AssetStore open(AssetStoreProvider provider, URI uri) throws IOException {
    try {
      return provider.open(uri);
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "'"
              + uri.getScheme()
              + ":' needs a library that is missing ("
              + e.getMessage()
              + "); add what its module depends on",
          e);
    }
  }

  /**
   * Returns the URI that names the store in messages and events. Two stores with the same URI hold
   * the same assets.
   *
   * @return the URI, without credentials
   */
  URI uri();

  /**
   * Returns what the store can do beyond what every store can.
   *
   * @return the features, always the same; empty for a store that has only put-if-absent and
   *     conditional replacement
   */
  default Set<StoreFeature> features() {
    return Set.of();
  }

  /**
   * Returns the stores that make up one asset for its readers, such as a local cache in front of a
   * remote store. Where two stores have the same segment, the first store counts.
   *
   * @return the stores in order of precedence; by default, only this store
   */
  default List<AssetStore> layers() {
    return List.of(this);
  }

  /**
   * Lists the entries directly in a folder.
   *
   * @param folder name of a folder, or an empty text for the top of the store
   * @return the entries, sorted by name; empty when there is no such folder
   * @throws IOException when the store fails
   */
  List<Entry> list(String folder) throws IOException;

  /**
   * Returns the size of a file.
   *
   * @param name of the file
   * @return bytes; empty when there is no such file
   * @throws IOException when the store fails
   */
  Optional<Long> size(String name) throws IOException;

  /**
   * Opens a file to read ranges of it. A store in which each call costs a round trip makes no call
   * here, so that reading one range takes one call.
   *
   * @param name of the file
   * @return the file, to be closed
   * @throws IOException when the store fails, or there is no such file: {@link
   *     java.nio.file.NoSuchFileException}, here or from the first read
   */
  StoredFile open(String name) throws IOException;

  /**
   * Reads a whole small file, with the version that a conditional replacement needs.
   *
   * @param name of the file
   * @param largestBytes the largest size that is accepted
   * @return the file; {@link StoredDocument#ABSENT} when there is no such file
   * @throws IOException when the store fails, or the file is larger than accepted
   */
  StoredDocument read(String name, int largestBytes) throws IOException;

  /**
   * Makes the caller the only writer of an asset. The epoch of the writer is higher than those of
   * all earlier writers.
   *
   * @param folder the folder of the asset, which may not exist yet
   * @param asset name of the asset, for messages
   * @param owner identifies the caller across restarts, without secrets, in at most 256 characters.
   *     If the present lock has the same owner, the caller takes it over at once, because the
   *     process that held it has ended. Not used by a store whose locks end with the process
   * @return the writer, to be closed
   * @throws AssetInUseException when there is another writer
   * @throws IOException when the store fails
   */
  AssetWriter lock(String folder, String asset, String owner) throws IOException;

  /**
   * Returns whether an asset has a writer now. Asking never hinders a writer.
   *
   * @param folder of the asset
   * @return true while {@link #lock} fails for any other owner
   * @throws IOException when the store fails
   */
  boolean isLocked(String folder) throws IOException;

  /**
   * Releases the resources of the store. Writers must be closed first.
   *
   * @throws IOException when the store fails
   */
  @Override
  void close() throws IOException;

  /**
   * An entry of a folder. Immutable.
   *
   * @param name without the folder
   * @param folder true for a folder
   * @param sizeBytes size of a file; 0 for a folder
   */
  record Entry(String name, boolean folder, long sizeBytes) {
    /**
     * Creates an entry.
     *
     * @param name without the folder
     * @param folder true for a folder
     * @param sizeBytes size of a file; 0 for a folder
     */
    public Entry {}
  }
}
