package io.lva.asset.store;

import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The right to write one asset, and everything that is written with it. There is one writer of an
 * asset at a time; its epoch is higher than those of all writers before it.
 *
 * <p>The right can be lost, for example when a lease in the cloud expires while the process is
 * frozen and somebody else takes the lock. Every call that writes then fails with {@link
 * LockLostException}, as it does after closing. Bytes that a store accepts nevertheless, because
 * they were on their way, are harmless: whoever reads an asset ignores what a superseded epoch
 * wrote.
 *
 * <p>Names are relative to the folder of the asset.
 *
 * <p>Thread-safe. Calls block: none belongs on a media loop.
 */
public interface AssetWriter extends AutoCloseable {
  /**
   * Returns the number of this lock on the asset.
   *
   * @return 1 or more; higher than that of every lock before
   */
  long epoch();

  /**
   * Returns whether the last recorder of the asset had the same owner and had called {@link
   * #settle}. What it recorded and has not published yet still counts.
   *
   * @return false on stores that do not keep the owner
   */
  default boolean resumed() {
    return false;
  }

  /**
   * Notes that what earlier writers left has been put in order. Until this is called, the next lock
   * of the same owner is not {@link #resumed}, so that its holder does that again: a process that
   * never learned of its lock, or that ended at once, has put nothing in order.
   *
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; may be repeated
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
   * Makes sure that others can tell that the right is held: puts back what somebody removed or
   * replaced without asking.
   *
   * @throws AssetInUseException when somebody else has become the writer
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; may be repeated
   */
  default void confirm() throws IOException {
    // A lease that was removed is lost.
  }

  /**
   * Stores a file, unless there is one of that name.
   *
   * @param name of the file
   * @param content read from 0 to its size
   * @return true when it was stored; false when there was one, which stays
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; the file is then stored whole or not at all
   */
  boolean put(String name, ByteSource content) throws IOException;

  /**
   * Replaces a small file if it is unchanged, or makes a new one.
   *
   * @param name of the file
   * @param content from its position to its limit
   * @param expected its version as {@link AssetStore#read} or the last replacement returned it;
   *     {@link Version#ABSENT} makes a new file
   * @return the new version; empty when the file has another version, which stays
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails; either the old file or the new one is then there
   */
  Optional<Version> replace(String name, ByteBuffer content, Version expected) throws IOException;

  /**
   * Appends to a file if it has the expected size, on a store with {@link StoreFeature#APPEND}.
   *
   * @param name of the file, which is made when its expected size is 0
   * @param content from its position to its limit; at most 4 MiB
   * @param expectedSize size of the file before
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
   * Cuts a file and gives it another name, on a store with {@link StoreFeature#IN_PLACE}.
   *
   * @param name of the file
   * @param sizeBytes its new size; one above the present size leaves the file whole
   * @param newName in the same folder; a file of that name is replaced
   * @throws LockLostException when the right is lost
   * @throws UnsupportedOperationException when the store cannot rename
   * @throws IOException when the store fails; the call may then be repeated. It is a {@link
   *     java.nio.file.NoSuchFileException} when there is no file of either name
   */
  default void rename(String name, long sizeBytes, String newName) throws IOException {
    throw new UnsupportedOperationException("this store does not rename");
  }

  /**
   * Deletes a file or, on a store that has them, an empty folder.
   *
   * @param name of the file or folder, which may be missing
   * @throws LockLostException when the right is lost
   * @throws IOException when the store fails
   */
  void delete(String name) throws IOException;

  /**
   * Gives the right back and, on a store that has folders, removes the folder of the asset, which
   * must be empty except for what the lock needs.
   *
   * @throws IOException when the store fails
   */
  void closeAndRemove() throws IOException;

  /**
   * Gives the right back; may be called more than once.
   *
   * @throws IOException when the store fails; the right is gone nevertheless
   */
  @Override
  void close() throws IOException;
}
