package io.lva.asset.store;

import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The right to write one asset, and the operations that need it. An asset has only one writer at a
 * time, whose epoch is higher than those of all earlier writers.
 *
 * <p>The right can be lost, for example when a lease in the cloud expires while the process is
 * frozen and somebody else takes the lock. Every call that writes then fails with {@link
 * LockLostException}, as it does after closing. A store may still accept bytes that were already on
 * their way. They do no harm, because readers ignore what a superseded epoch wrote.
 *
 * <p>Names are relative to the folder of the asset.
 *
 * <p>Thread-safe. Calls block: none belongs on a media loop.
 */
public interface AssetWriter extends AutoCloseable {
  /**
   * Returns the number of this lock on the asset.
   *
   * @return 1 or more, and higher than that of every earlier lock
   */
  long epoch();

  /**
   * Returns whether the last recorder of the asset had the same owner and had called {@link
   * #settle}. In that case, media that it recorded but has not published yet still counts.
   *
   * @return false on stores that do not keep the owner
   */
  default boolean resumed() {
    return false;
  }

  /**
   * Notes that what earlier writers left has been put in order. Until this is called, the next lock
   * of the same owner is not {@link #resumed}, so its holder puts the asset in order again. This
   * covers a process that never learned that it held the lock, or that ended at once.
   *
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; the call may be repeated
   */
  default void settle() throws IOException {
    // On a store that does not keep the owner, no lock is resumed.
  }

  /**
   * Returns whether the right is still held, as far as is known.
   *
   * @return false after closing, after somebody else became the writer, or while a lease has
   *     expired and is not renewed; only in the last case can it become true again
   */
  boolean held();

  /**
   * Makes sure that others can tell that the right is held: restores the lock if somebody removed
   * or replaced it without permission.
   *
   * @throws AssetInUseException when somebody else has become the writer
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; the call may be repeated
   */
  default void confirm() throws IOException {
    // A lease that was removed is lost.
  }

  /**
   * Stores a file, unless a file of that name exists.
   *
   * @param name of the file
   * @param content read from 0 to its size
   * @return true when it was stored; false when a file of that name exists, which stays as it is
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; the file is then stored whole or not at all
   */
  boolean put(String name, ByteSource content) throws IOException;

  /**
   * Replaces a small file if it is unchanged, or creates it.
   *
   * @param name of the file
   * @param content from its position to its limit
   * @param expected the version that {@link AssetStore#read} or the last replacement returned;
   *     {@link Version#ABSENT} to create the file
   * @return the new version; empty when the file has another version, and is unchanged
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; the store then has either the old file or the new one
   */
  Optional<Version> replace(String name, ByteBuffer content, Version expected) throws IOException;

  /**
   * Appends to a file if it has the expected size, on a store with {@link StoreFeature#APPEND}.
   *
   * @param name of the file, which is created if missing when the expected size is 0
   * @param content from its position to its limit; at most 4 MiB
   * @param expectedSize size of the file before the call
   * @return true when all was appended; false when the file has another size, and is unchanged
   * @throws LockLostException when the right is lost
   * @throws UnsupportedOperationException when the store cannot append
   * @throws IOException when the store fails; the content is then appended in whole, in part, or
   *     not at all
   */
  default boolean append(String name, ByteBuffer content, long expectedSize) throws IOException {
    throw new UnsupportedOperationException("this store does not append");
  }

  /**
   * Truncates a file and renames it, on a store with {@link StoreFeature#IN_PLACE}.
   *
   * @param name of the file
   * @param sizeBytes its new size; a size above the present one leaves the file whole
   * @param newName the new name, in the same folder; a file of that name is replaced
   * @throws LockLostException when the right is lost
   * @throws UnsupportedOperationException when the store cannot rename
   * @throws IOException when the store fails; the call may then be repeated. It is a {@link
   *     java.nio.file.NoSuchFileException} when there is no file of either name
   */
  default void rename(String name, long sizeBytes, String newName) throws IOException {
    throw new UnsupportedOperationException("this store does not rename");
  }

  /**
   * Deletes a file or, on a store that has folders, an empty folder.
   *
   * @param name of the file or folder, which may be missing
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails
   */
  void delete(String name) throws IOException;

  /**
   * Gives up the right to write and, on a store that has folders, removes the folder of the asset,
   * which must be empty except for what the lock needs.
   *
   * @throws IOException when the store fails
   */
  void closeAndRemove() throws IOException;

  /**
   * Gives up the right to write; may be called more than once.
   *
   * @throws IOException when the store fails; the right is gone nevertheless
   */
  @Override
  void close() throws IOException;
}
