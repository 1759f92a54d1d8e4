package io.lva.asset.disk;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetLock;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Assets in the folders of a disk.
 *
 * <p>What is put, replaced or appended is durable when the call returns.
 *
 * <p>Thread-safe; appends to one file are to come from one thread.
 */
public final class DiskAssetStore implements AssetStore {
  private static final int COPY_BYTES = 256 << 10;
  private static final int LOCK_ATTEMPTS = 5;
  private static final long LOCK_PAUSE_NANOS = 20_000_000;
  private static final String TEMPORARY_SUFFIX = ".tmp";

  private final Path root;
  private final FileOps files;

  /**
   * Makes a store; nothing is written yet.
   *
   * @param root folder of the store, made when something is stored
   * @param files how files are reached
   */
  public DiskAssetStore(Path root, FileOps files) {
    this.root = root.toAbsolutePath().normalize();
    this.files = files;
  }

  /**
   * Returns the folder of the store.
   *
   * @return an absolute path
   */
  public Path root() {
    return root;
  }

  /**
   * Returns how files are reached.
   *
   * @return as given
   */
  public FileOps files() {
    return files;
  }

  /**
   * Returns where a name lies.
   *
   * @param name relative to the store, with {@code /}
   * @return a path in the folder of the store
   * @throws IllegalArgumentException when the name leads out of the store
   */
  public Path path(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("a name that leads out of the store: " + name);
    }
    return path;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (FileOps.Entry entry : files.list(path(folder))) {
      entries.add(new Entry(entry.name(), entry.directory(), entry.sizeBytes()));
    }
    return List.copyOf(entries);
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    return files.size(path(name));
  }

  @Override
  public StoredFile open(String name) throws IOException {
    return new DiskStoredFile(files.openForRead(path(name)));
  }

  @Override
  public boolean put(String name, StoredFile content) throws IOException {
    Path file = path(name);
    if (files.size(file).isPresent()) {
      return false;
    }
    Path temporary = temporary(file);
    try (FileHandle target = files.create(temporary)) {
      ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
      for (long at = 0; content.read(at, buffer.clear()) >= 0; ) {
        at += target.writeFully(buffer.flip());
      }
      target.force();
    }
    publish(temporary, file);
    return true;
  }

  @Override
  public void replace(String name, ByteBuffer content) throws IOException {
    Path file = path(name);
    Path temporary = temporary(file);
    try (FileHandle target = files.create(temporary)) {
      target.writeFully(content);
      target.force();
    }
    publish(temporary, file);
  }

  private Path temporary(Path file) throws IOException {
    Path folder = folder(file);
    files.makeDirectories(folder);
    Path temporary = folder.resolve(file.getFileName() + TEMPORARY_SUFFIX);
    files.delete(temporary); // left by a process that ended half-way
    return temporary;
  }

  private void publish(Path temporary, Path file) throws IOException {
    files.rename(temporary, file);
    files.syncDirectory(folder(file));
  }

  private Path folder(Path file) {
    Path folder = file.getParent();
    return folder == null ? root : folder;
  }

  @Override
  public void append(String name, ByteBuffer content) throws IOException {
    Path file = path(name);
    boolean made = files.size(file).isEmpty();
    if (made) {
      files.makeDirectories(folder(file));
    }
    try (FileHandle target = files.openForAppend(file)) {
      target.writeFully(content);
      target.force();
    }
    if (made) {
      files.syncDirectory(folder(file));
    }
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(path(name));
  }

  @Override
  public AssetLock lock(String folder, String asset) throws IOException {
    Path file = path(folder + '/' + AssetLayout.LOCK);
    files.makeDirectories(folder(file));
    for (int attempt = 1; attempt <= LOCK_ATTEMPTS; attempt++) {
      Optional<FileOps.Lock> lock = files.tryLock(file);
      if (lock.isPresent()) {
        return new DiskAssetLock(lock.get(), new AtomicBoolean(true));
      }
      // Who only asks whether it is locked holds it for a moment.
      LockSupport.parkNanos(LOCK_PAUSE_NANOS);
    }
    throw new AssetInUseException(asset, "another recording process");
  }

  @Override
  public boolean isLocked(String folder) throws IOException {
    return files.isLocked(path(folder + '/' + AssetLayout.LOCK));
  }

  @Override
  public void close() {
    // nothing is held between calls
  }

  private record DiskAssetLock(FileOps.Lock lock, AtomicBoolean open) implements AssetLock {
    @Override
    public boolean held() {
      return open.get();
    }

    @Override
    public void close() throws IOException {
      if (open.getAndSet(false)) {
        lock.close();
      }
    }
  }

  private record DiskStoredFile(FileHandle file) implements StoredFile {
    @Override
    public long size() throws IOException {
      return file.sizeBytes();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      return file.read(position, target);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
