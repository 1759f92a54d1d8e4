package io.lva.asset.disk;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Assets in the folders of a disk.
 *
 * <p>What is put, replaced or appended is durable when the call returns. A name that leads out of
 * the folder of the store is rejected with {@link IllegalArgumentException}.
 *
 * <p>Thread-safe, but all appends to a file must come from one thread.
 */
public final class DiskAssetStore implements AssetStore {
  private static final int COPY_BYTES = 256 << 10;
  private static final int LARGEST_EPOCH_BYTES = 64;
  private static final String TEMPORARY_SUFFIX = ".tmp";

  private final Path root;
  private final FileOps files;

  /**
   * Creates a store; nothing is written yet.
   *
   * @param root folder of the store, made when something is stored
   * @param files the access to files
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
   * Returns the access to files.
   *
   * @return the access that was given
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

  /**
   * Creates a folder and those above it in the store. A file in the way of a folder is renamed.
   *
   * @param name relative to the store
   * @throws IOException when the disk fails
   * @throws IllegalArgumentException when the name leads out of the store
   */
  public void makeFolders(String name) throws IOException {
    Folders.make(files, root, path(name));
  }

  @Override
  public URI uri() {
    return root.toUri();
  }

  @Override
  public Set<StoreFeature> features() {
    return Set.of(StoreFeature.APPEND, StoreFeature.IN_PLACE);
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
  public StoredDocument read(String name, int largestBytes) throws IOException {
    try (FileHandle file = files.openForRead(path(name))) {
      long size = file.sizeBytes();
      if (size > largestBytes) {
        throw new IOException(name + " has " + size + " bytes, more than " + largestBytes);
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      file.readFully(0, content);
      return new StoredDocument(content.array(), version(content.array()));
    } catch (NoSuchFileException e) {
      return StoredDocument.ABSENT;
    } catch (EOFException e) {
      throw new IOException(name + " was replaced while it was read", e);
    }
  }

  /**
   * Returns the version of a file. A file on a disk carries no version, so it is derived from the
   * content.
   */
  private static Version version(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return new Version(content.length + "-" + Long.toHexString(checksum.getValue()));
  }

  boolean put(String name, ByteSource content) throws IOException {
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

  Optional<Version> replace(String name, ByteBuffer content, Version expected) throws IOException {
    if (!read(name, Integer.MAX_VALUE).version().equals(expected)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    Path file = path(name);
    Path temporary = temporary(file);
    try (FileHandle target = files.create(temporary)) {
      target.writeFully(ByteBuffer.wrap(bytes));
      target.force();
    }
    publish(temporary, file);
    return Optional.of(version(bytes));
  }

  private Path temporary(Path file) throws IOException {
    Path folder = folder(file);
    Folders.make(files, root, folder);
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

  boolean append(String name, ByteBuffer content, long expectedSize) throws IOException {
    Path file = path(name);
    long size = files.size(file).orElse(0L);
    if (size != expectedSize) {
      return false;
    }
    if (size == 0) {
      Folders.make(files, root, folder(file));
    }
    try (FileHandle target = files.openForAppend(file)) {
      target.writeFully(content);
      target.force();
    }
    if (size == 0) {
      files.syncDirectory(folder(file));
    }
    return true;
  }

  void rename(String name, long sizeBytes, String newName) throws IOException {
    Path file = path(name);
    Path renamed = path(newName);
    if (files.size(file).isPresent()) {
      try (FileHandle handle = files.openForAppend(file)) {
        if (handle.sizeBytes() > sizeBytes) {
          handle.truncate(sizeBytes);
        }
        handle.force();
      }
      files.rename(file, renamed);
    } else if (files.size(renamed).isEmpty()) {
      throw new NoSuchFileException(name);
    }
    files.syncDirectory(folder(renamed));
  }

  void delete(String name) throws IOException {
    files.delete(path(name));
  }

  /**
   * {@inheritDoc}
   *
   * @param owner not needed here: the operating system ends the lock of a process that ends
   */
  @Override
  public AssetWriter lock(String folder, String asset, String owner) throws IOException {
    Path file = path(folder + '/' + AssetLayout.LOCK);
    boolean made = files.list(folder(file)).isEmpty();
    files.makeDirectories(folder(file));
    FileOps.Lock lock =
        files
            .tryLock(file)
            .orElseThrow(() -> new AssetInUseException(asset, "another recording process"));
    boolean done = false;
    try {
      if (made) {
        files.syncDirectory(root);
      }
      DiskWriter writer = new DiskWriter(this, folder, nextEpoch(folder), lock);
      done = true;
      return writer;
    } finally {
      if (!done) {
        lock.close();
      }
    }
  }

  private long nextEpoch(String folder) throws IOException {
    String name = folder + '/' + AssetLayout.EPOCH;
    StoredDocument before = read(name, LARGEST_EPOCH_BYTES);
    long epoch = epoch(before.content()) + 1;
    writeEpoch(name, epoch, before.version());
    return epoch;
  }

  /** Makes sure that the next lock has a higher epoch. */
  void keepEpoch(String folder, long epoch) throws IOException {
    String name = folder + '/' + AssetLayout.EPOCH;
    StoredDocument known = read(name, LARGEST_EPOCH_BYTES);
    if (isBelow(known.content(), epoch)) {
      writeEpoch(name, epoch, known.version());
    }
  }

  /** Returns whether a file states a lower epoch, or is damaged and states no epoch. */
  private static boolean isBelow(byte[] content, long epoch) {
    try {
      return epoch(content) < epoch;
    } catch (IOException e) {
      return true;
    }
  }

  private void writeEpoch(String name, long epoch, Version before) throws IOException {
    byte[] text = (epoch + "\n").getBytes(StandardCharsets.US_ASCII);
    if (replace(name, ByteBuffer.wrap(text), before).isEmpty()) {
      throw new IOException(name + " was changed by somebody without the lock");
    }
  }

  private static long epoch(byte[] content) throws IOException {
    String text = new String(content, StandardCharsets.US_ASCII).strip();
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(
          AssetLayout.EPOCH + " holds no number: write the highest epoch of the index to it", e);
    }
  }

  @Override
  public boolean isLocked(String folder) throws IOException {
    return files.isLocked(path(folder + '/' + AssetLayout.LOCK));
  }

  @Override
  public void close() {
    // Nothing is held between calls.
  }

  private record DiskStoredFile(FileHandle file) implements StoredFile {
    private static final int MOST_AT_ONCE = 256 << 10;

    @Override
    public long size() throws IOException {
      return file.sizeBytes();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      if (target.isDirect() || target.remaining() <= MOST_AT_ONCE) {
        return file.read(position, target);
      }
      // Java keeps a direct buffer of this size for each thread that reads into an array.
      int limit = target.limit();
      try {
        return file.read(position, target.limit(target.position() + MOST_AT_ONCE));
      } finally {
        target.limit(limit);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
