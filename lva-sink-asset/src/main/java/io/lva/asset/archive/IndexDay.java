package io.lva.asset.archive;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index files of one UTC day: a single file, or one per hour if the store cannot append. Read
 * in the order of their names, they give the lines of the day.
 *
 * <p>Immutable.
 *
 * @param date the day
 * @param files by name
 */
public record IndexDay(LocalDate date, List<IndexFile> files) {
  /**
   * Copies the list.
   *
   * @param date the day
   * @param files by name
   */
  public IndexDay {
    files = List.copyOf(files);
  }

  /**
   * A file of the index. Immutable.
   *
   * @param name relative to the folder of the asset
   * @param sizeBytes its present size
   */
  public record IndexFile(String name, long sizeBytes) {
    /**
     * Creates an index file.
     *
     * @param name relative to the folder of the asset
     * @param sizeBytes its present size
     */
    public IndexFile {}
  }

  /**
   * Returns the size of all files together.
   *
   * @return the size in bytes
   */
  public long sizeBytes() {
    return files.stream().mapToLong(IndexFile::sizeBytes).sum();
  }

  IndexDay with(IndexFile file) {
    List<IndexFile> all = new ArrayList<>(files);
    all.add(file);
    return new IndexDay(date, all);
  }

  /** Opens the files as a single file. */
  StoredFile open(AssetStore store, String folder) {
    return new Joined(store, folder, files);
  }

  /** The files one after the other, each with the size that it had when it was listed. */
  private static final class Joined implements StoredFile {
    private final AssetStore store;
    private final String folder;
    private final List<IndexFile> files;
    private @Nullable StoredFile open;
    private int openNumber = -1;

    Joined(AssetStore store, String folder, List<IndexFile> files) {
      this.store = store;
      this.folder = folder;
      this.files = files;
    }

    @Override
    public long size() {
      return files.stream().mapToLong(IndexFile::sizeBytes).sum();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      long at = position;
      for (int i = 0; i < files.size(); i++) {
        long size = files.get(i).sizeBytes();
        if (at < size) {
          return read(i, at, size, target);
        }
        at -= size;
      }
      return -1;
    }

    private int read(int number, long at, long size, ByteBuffer target) throws IOException {
      int limit = target.limit();
      target.limit((int) Math.min(limit, target.position() + size - at));
      try {
        return file(number).read(at, target);
      } finally {
        target.limit(limit);
      }
    }

    private StoredFile file(int number) throws IOException {
      StoredFile file = open;
      if (file == null || openNumber != number) {
        close();
        file = store.open(folder + '/' + files.get(number).name());
        open = file;
        openNumber = number;
      }
      return file;
    }

    @Override
    public void close() throws IOException {
      StoredFile file = open;
      open = null;
      if (file != null) {
        file.close();
      }
    }
  }
}
