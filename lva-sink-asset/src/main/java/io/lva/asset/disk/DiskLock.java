package io.lva.asset.disk;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A lock on a file of this machine. The operating system releases it when the process ends, however
 * the process ends.
 *
 * <p>Thread-safe.
 */
final class DiskLock implements FileOps.Lock {
  /**
   * The files that this process holds locked. Closing any channel of a file releases the POSIX
   * locks of the whole process on it, so a second caller must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Monitors by name: one thread at a time opens a file to lock it or to ask about it. */
  private static final Object[] TURNS =
      Stream.generate(Object::new).limit(64).toArray(Object[]::new);

  /**
   * The byte that a writer locks. It is far past the end, because some systems let nobody read
   * locked bytes.
   */
  private static final long WRITER_BYTE = Long.MAX_VALUE - 2;

  /**
   * The byte that askers lock for a moment, and a writer for as long as it writes. It does not
   * decide between writers, so asking never makes a writer fail. In the first version of the
   * format, it was the only byte that was locked.
   */
  private static final long ASKED_BYTE = Long.MAX_VALUE - 1;

  private static final int MAXIMUM_ATTEMPTS = 100;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final int LARGEST_MARK_BYTES = 1 << 20;

  private final Path key;

  @GuardedBy("this")
  private FileChannel channel;

  @GuardedBy("this")
  private Optional<Object> fileKey;

  private DiskLock(Path key, FileChannel channel) throws IOException {
    this.key = key;
    this.channel = channel;
    this.fileKey = fileKey(key);
  }

  static Optional<FileOps.Lock> tryLock(Path file) throws IOException {
    Path key = key(file);
    synchronized (turn(key)) {
      if (HELD.contains(key)) {
        return Optional.empty();
      }
      FileChannel channel = open(key);
      if (!tryLock(channel, key)) {
        return Optional.empty();
      }
      HELD.add(key);
      return Optional.of(new DiskLock(key, channel));
    }
  }

  private static FileChannel open(Path key) throws IOException {
    return FileChannel.open(
        key, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Returns whether the lock is held; asks with a shared lock, which needs no write permission. */
  static boolean isLocked(Path file) throws IOException {
    try {
      Path key = key(file);
      synchronized (turn(key)) {
        return HELD.contains(key) || isLockedElsewhere(key);
      }
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isLockedElsewhere(Path key) throws IOException {
    try (FileChannel channel = FileChannel.open(key, StandardOpenOption.READ)) {
      return channel.tryLock(ASKED_BYTE, 1, true) == null;
    } catch (OverlappingFileLockException e) {
      return true; // another class loader of this process holds it
    }
  }

  private static Object turn(Path key) {
    return TURNS[Math.floorMod(key.hashCode(), TURNS.length)];
  }

  private static Path key(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    return folder.toRealPath().resolve(file.getFileName());
  }

  private static boolean tryLock(FileChannel channel, Path key) throws IOException {
    boolean locked = false;
    try {
      // The file that was opened may be one that its last owner has deleted since.
      locked =
          channel.tryLock(WRITER_BYTE, 1, false) != null
              && isNamed(channel, key)
              && takeAskedByte(channel);
    } catch (OverlappingFileLockException e) {
      return false; // another class loader of this process holds it
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked;
  }

  /**
   * Takes the byte of the askers; returns false when a writer of the first version holds it. When
   * askers hold it all the time, the lock is taken without that byte, and askers do not notice the
   * lock.
   */
  private static boolean takeAskedByte(FileChannel channel) throws IOException {
    for (int attempt = 1; attempt <= MAXIMUM_ATTEMPTS; attempt++) {
      if (channel.tryLock(ASKED_BYTE, 1, false) != null) {
        return true;
      }
      FileLock shared = channel.tryLock(ASKED_BYTE, 1, true);
      if (shared == null) {
        return false;
      }
      shared.release();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /**
   * Returns whether the name still leads to this file. Gives the file a random size and compares it
   * with the size found under the name: opening the file by name would end the lock, see {@link
   * #HELD}.
   */
  private static boolean isNamed(FileChannel channel, Path key) throws IOException {
    String owner = ProcessHandle.current().pid() + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII));
    int size = bytes.remaining() + 1 + ThreadLocalRandom.current().nextInt(LARGEST_MARK_BYTES);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(1), size - 1L);
    try {
      return Files.size(key) == size;
    } catch (NoSuchFileException e) {
      return false;
    } finally {
      channel.truncate(0);
      channel.write(bytes, 0);
    }
  }

  /**
   * Returns what distinguishes a file from another of its name; empty where the system offers no
   * such key.
   */
  private static Optional<Object> fileKey(Path file) throws IOException {
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  @Override
  public synchronized boolean renew() throws IOException {
    if (!channel.isOpen()) {
      return false;
    }
    synchronized (turn(key)) {
      if (isUnchanged()) {
        return true;
      }
      FileChannel again = open(key);
      if (!tryLock(again, key)) {
        return false;
      }
      channel.close();
      channel = again;
      fileKey = fileKey(key);
      return true;
    }
  }

  @GuardedBy("this")
  private boolean isUnchanged() throws IOException {
    try {
      return fileKey(key).equals(fileKey);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!channel.isOpen()) {
      return; // a later holder of this process may have the key by now
    }
    try {
      channel.close();
    } finally {
      HELD.remove(key);
    }
  }
}
