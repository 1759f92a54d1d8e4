package io.lva.asset.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All file calls of this library, so that tests can simulate a disk that is full, slow, broken or
 * cut off.
 *
 * <p>Thread-safe. Calls block; none belongs on a media loop.
 */
public interface FileOps {
  /**
   * Returns the files of this machine.
   *
   * @return the only implementation outside tests
   */
  static FileOps disk() {
    return DiskFileOps.INSTANCE;
  }

  /**
   * Creates a new file.
   *
   * @param file must not exist, but its folder must
   * @return the empty file, open for writing and reading
   * @throws IOException when it exists or cannot be made
   */
  FileHandle create(Path file) throws IOException;

  /**
   * Opens a file for appending.
   *
   * @param file made when it does not exist
   * @return the file, open for writing and reading
   * @throws IOException when it cannot be opened
   */
  FileHandle openForAppend(Path file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @param file must exist
   * @return the file, open for reading only
   * @throws IOException when it cannot be opened; {@link java.nio.file.NoSuchFileException} when
   *     there is no such file
   */
  FileHandle openForRead(Path file) throws IOException;

  /**
   * Gives a file another name in the same volume, atomically; a file of that name is replaced.
   *
   * @param from must exist
   * @param to its new name
   * @throws IOException when it cannot be renamed
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Makes the names in a folder durable after files in it were created, renamed or deleted. Does
   * nothing where the operating system has no such call.
   *
   * @param folder must exist
   * @throws IOException when the disk fails
   */
  void syncDirectory(Path folder) throws IOException;

  /**
   * Lists a folder.
   *
   * @param folder may be missing
   * @return its entries by name; empty when there is no such folder
   * @throws IOException when it cannot be read
   */
  List<Entry> list(Path folder) throws IOException;

  /**
   * Deletes a file or an empty folder.
   *
   * @param path may be missing
   * @throws IOException when it cannot be deleted
   */
  void delete(Path path) throws IOException;

  /**
   * Creates a folder and those above it.
   *
   * @param folder may exist
   * @throws IOException when it cannot be made
   */
  void makeDirectories(Path folder) throws IOException;

  /**
   * Returns the size of a file.
   *
   * @param file may be missing
   * @return bytes; empty when there is no regular file of that name
   * @throws IOException when it cannot be determined
   */
  Optional<Long> size(Path file) throws IOException;

  /**
   * Returns what distinguishes a file from another file that takes its name later.
   *
   * @param file any path
   * @return an object that stays equal as long as it is the same file; empty when there is no file,
   *     or the file system cannot tell
   * @throws IOException when the disk fails
   */
  Optional<Object> identity(Path file) throws IOException;

  /**
   * Returns how much can still be written to a volume.
   *
   * @param path an existing file or folder of the volume
   * @return bytes that this process can use
   * @throws IOException when it cannot be determined
   */
  long usableSpaceBytes(Path path) throws IOException;

  /**
   * Locks a file against other processes and other callers in this process.
   *
   * @param file made when it does not exist
   * @return the lock, released by closing it or by the end of the process; empty when somebody else
   *     holds it
   * @throws IOException when the file cannot be opened
   */
  Optional<Lock> tryLock(Path file) throws IOException;

  /**
   * Returns whether a file is locked. Asking never makes {@link #tryLock} fail, and also works
   * where files are read-only.
   *
   * @param file may be missing
   * @return true while {@link #tryLock} would find it locked
   * @throws IOException when the file cannot be opened
   */
  boolean isLocked(Path file) throws IOException;

  /**
   * An entry of a folder. Immutable.
   *
   * @param name without the folder
   * @param directory true for a folder, and for anything else that is not a regular file
   * @param sizeBytes size of a file; 0 for a folder
   */
  record Entry(String name, boolean directory, long sizeBytes) {
    /**
     * Creates an entry.
     *
     * @param name without the folder
     * @param directory true for a folder
     * @param sizeBytes size of a file; 0 for a folder
     */
    public Entry {}
  }

  /** A held lock. Thread-safe. */
  interface Lock extends AutoCloseable {
    /**
     * Makes sure that others find the file locked: takes the lock again if the file was removed or
     * replaced in the meantime.
     *
     * @return false when somebody else holds it by now, or this lock was released
     * @throws IOException when the file cannot be made again
     */
    default boolean renew() throws IOException {
      return true;
    }

    /**
     * Releases the lock; may be called more than once.
     *
     * @throws IOException when the file cannot be closed; the lock is gone nevertheless
     */
    @Override
    void close() throws IOException;
  }
}
