package io.lva.asset.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file of this machine. The operating system forgets it when the process ends, however
 * that happens.
 *
 * <p>Thread-safe.
 */
final class DiskLock implements FileOps.Lock {
  /**
   * What this process holds. Closing any channel of a file releases the POSIX locks of the whole
   * process on it, so that a second caller must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private DiskLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  static Optional<FileOps.Lock> tryLock(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    Path key = folder.toRealPath().resolve(file.getFileName());
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    boolean locked = false;
    try {
      FileChannel channel =
          FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = tryLock(channel);
      return locked ? Optional.of(new DiskLock(key, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        HELD.remove(key);
      }
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return false; // another class loader of this process holds it
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock != null;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(key);
    }
  }
}
