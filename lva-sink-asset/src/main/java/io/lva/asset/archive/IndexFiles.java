package io.lva.asset.archive;

import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.index.IndexRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads and replaces the files of an index in any store. Stateless and therefore thread-safe. */
public final class IndexFiles {
  private static final int TAIL_BYTES = 64 << 10;
  private static final int LARGEST_DAY_BYTES = 512 << 20;

  private IndexFiles() {}

  /** Lists the days that have an index. */
  static NavigableMap<LocalDate, IndexDay> days(AssetStore store, String folder)
      throws IOException {
    NavigableMap<LocalDate, IndexDay> days = new TreeMap<>();
    for (AssetStore.Entry entry : store.list(folder + '/' + AssetLayout.INDEX_FOLDER)) {
      IndexDay.IndexFile file =
          new IndexDay.IndexFile(AssetLayout.INDEX_FOLDER + '/' + entry.name(), entry.sizeBytes());
      AssetLayout.parseIndex(file.name())
          .ifPresent(
              date ->
                  days.merge(
                      date, new IndexDay(date, List.of(file)), (day, more) -> day.with(file)));
    }
    return days;
  }

  /** Reads the rows of a day. */
  static DayIndex read(AssetStore store, String folder, IndexDay day, Fences fences)
      throws IOException {
    return DayIndex.of(day.date(), lines(store, folder, day), fences);
  }

  private static byte[] lines(AssetStore store, String folder, IndexDay day) throws IOException {
    if (day.files().size() == 1) {
      return readAll(store, folder + '/' + day.files().get(0).name(), LARGEST_DAY_BYTES);
    }
    long size = day.sizeBytes();
    if (size > LARGEST_DAY_BYTES) {
      throw new AssetFormatException("the index of " + day.date() + " has " + size + " bytes");
    }
    ByteBuffer content = ByteBuffer.allocate((int) size);
    try (StoredFile file = day.open(store, folder)) {
      file.readFully(0, content);
    } catch (NoSuchFileException | EOFException e) {
      throw new IOException("the index of " + day.date() + " was replaced while it was read", e);
    }
    return content.array();
  }

  /** Reads again a day that was read before; if it has only grown, only the new rows are read. */
  static DayIndex readOn(AssetStore store, String folder, IndexDay day, DayIndex known)
      throws IOException {
    byte[] last = known.lastBytes();
    long from = known.indexBytes() - last.length;
    long length = day.sizeBytes() - from;
    if (last.length > 0 && length >= last.length && length <= LARGEST_DAY_BYTES) {
      ByteBuffer block = ByteBuffer.allocate((int) length);
      try (StoredFile file = day.open(store, folder)) {
        file.readFully(from, block);
      } catch (NoSuchFileException | EOFException e) {
        return read(store, folder, day, known.fences());
      }
      if (Arrays.equals(block.array(), 0, last.length, last, 0, last.length)) {
        return known.with(block.array(), last.length);
      }
    }
    return read(store, folder, day, known.fences());
  }

  /**
   * Reads the last rows of a day that count, among them at least one segment if there is any.
   *
   * @param store any store
   * @param folder folder of the asset
   * @param day its files
   * @param fences of the asset
   * @return gaps, tombstones, then segments, each by start
   * @throws IOException when the store fails
   */
  public static List<IndexRow> readTail(
      AssetStore store, String folder, IndexDay day, Fences fences) throws IOException {
    try (StoredFile file = day.open(store, folder)) {
      long size = day.sizeBytes();
      for (long length = TAIL_BYTES; ; length *= 4) {
        long from = Math.max(0, size - length);
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(size - from, LARGEST_DAY_BYTES));
        file.readFully(from, block);
        DayIndex rows = DayIndex.of(day.date(), block.array(), fences);
        if (from == 0 || !rows.segments().isEmpty()) {
          return rows.rows();
        }
      }
    }
  }

  /** Reads the coverage; returns an empty one when it is missing or cannot be parsed. */
  static Coverage coverage(AssetStore store, String folder) throws IOException {
    byte[] document = readAll(store, folder + '/' + AssetLayout.COVERAGE, Coverage.LARGEST_BYTES);
    if (document.length == 0) {
      return new Coverage();
    }
    try {
      return Coverage.parse(document);
    } catch (AssetFormatException e) {
      return new Coverage();
    }
  }

  /** Reads the fences; an asset that has had only one writer has none. */
  static Fences fences(AssetStore store, String folder) throws IOException {
    byte[] document = readAll(store, folder + '/' + AssetLayout.EPOCHS, Fences.LARGEST_BYTES);
    return document.length == 0 ? Fences.none() : Fences.parse(document);
  }

  /**
   * Reads a whole file.
   *
   * @param store any store
   * @param name relative to the store
   * @param largestBytes the largest size that is accepted
   * @return its bytes; empty when there is no such file
   * @throws IOException when the store fails or the file is larger
   */
  public static byte[] readAll(AssetStore store, String name, int largestBytes) throws IOException {
    return store.read(name, largestBytes).content();
  }

  /**
   * Replaces a file, whatever it holds; fails if somebody without the lock changes it at the same
   * time.
   */
  static void overwrite(
      AssetStore store, String folder, AssetWriter writer, String name, byte[] content)
      throws IOException {
    Version version = store.read(folder + '/' + name, Integer.MAX_VALUE).version();
    if (writer.replace(name, ByteBuffer.wrap(content), version).isEmpty()) {
      throw new IOException(folder + '/' + name + " was changed by somebody without the lock");
    }
  }

  /** Returns where the last complete line ends. */
  static long wholeLines(StoredFile file, long size) throws IOException {
    long end = size;
    ByteBuffer block = ByteBuffer.allocate(4096);
    while (end > 0) {
      long from = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - from));
      file.readFully(from, block);
      for (int i = block.limit() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return from + i + 1;
        }
      }
      end = from;
    }
    return 0;
  }
}
