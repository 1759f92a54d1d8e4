package io.lva.asset.store;

import io.lva.asset.format.AssetLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where assets are kept. Names are relative to the store, with {@code /}: the folder of the asset
 * ({@link AssetLayout#folderName}), {@code /}, and a name of {@link AssetLayout}.
 *
 * <p>Thread-safe. Calls block; none belongs on a media loop.
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
        return provider.open(uri);
      }
    }
    throw new IOException("no installed store knows '" + scheme + ":'");
  }

  /**
   * Lists what lies directly in a folder.
   *
   * @param folder name of a folder, or an empty text for the whole store
   * @return entries by name; empty when there is no such folder
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
   * Opens a file to read ranges of it.
   *
   * @param name of the file
   * @return the file, to be closed
   * @throws IOException {@link java.nio.file.NoSuchFileException} when there is none
   */
  StoredFile open(String name) throws IOException;

  /**
   * Stores a file, unless there is one of that name.
   *
   * @param name of the file
   * @param content read to its end
   * @return true when it was stored; false when there was one, which stays
   * @throws IOException when the store fails; the file is then stored or not
   */
  boolean put(String name, StoredFile content) throws IOException;

  /**
   * Writes a small file, replacing one of that name atomically.
   *
   * @param name of the file
   * @param content from its position to its limit
   * @throws IOException when the store fails; the old file is then there or the new one
   */
  void replace(String name, ByteBuffer content) throws IOException;

  /**
   * Writes behind the end of a file, which is made when it does not exist.
   *
   * @param name of the file
   * @param content from its position to its limit
   * @throws IOException when the store fails; a part may have been written
   */
  void append(String name, ByteBuffer content) throws IOException;

  /**
   * Deletes a file or an empty folder.
   *
   * @param name may be missing
   * @throws IOException when the store fails
   */
  void delete(String name) throws IOException;

  /**
   * Becomes the one writer of an asset.
   *
   * @param folder folder of the asset
   * @param asset name of the asset, for the message
   * @return released by closing it, or by the end of the process
   * @throws AssetInUseException when somebody else is
   * @throws IOException when the store fails
   */
  AssetLock lock(String folder, String asset) throws IOException;

  /**
   * Tells whether somebody writes an asset now.
   *
   * @param folder of the asset
   * @return true while {@link #lock} is refused
   * @throws IOException when the store fails
   */
  default boolean isLocked(String folder) throws IOException {
    try (AssetLock lock = lock(folder, folder)) {
      return !lock.held();
    } catch (AssetInUseException e) {
      return true;
    }
  }

  /**
   * Releases what the store holds.
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
   * @param sizeBytes of a file; 0 for a folder
   */
  record Entry(String name, boolean folder, long sizeBytes) {
    /**
     * Makes an entry.
     *
     * @param name without the folder
     * @param folder true for a folder
     * @param sizeBytes of a file
     */
    public Entry {}
  }
}
