package io.lva.asset.archive;

import io.lva.asset.disk.FileHandle;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.IndexRow;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the files of an index from any store. Thread-safe: there is no state. */
public final class IndexFiles {
  private static final int TAIL_BYTES = 64 << 10;
  private static final int LARGEST_DAY_BYTES = 512 << 20;

  private IndexFiles() {}

  /** An index file. Immutable. */
  record DayEntry(LocalDate date, long sizeBytes) {}

  /** Lists the days that have an index file, in their order. */
  static List<DayEntry> days(AssetStore store, String folder) throws IOException {
    List<DayEntry> days = new ArrayList<>();
    for (AssetStore.Entry entry : store.list(folder + '/' + AssetLayout.INDEX_FOLDER)) {
      AssetLayout.parseIndex(AssetLayout.INDEX_FOLDER + '/' + entry.name())
          .ifPresent(date -> days.add(new DayEntry(date, entry.sizeBytes())));
    }
    days.sort(Comparator.comparing(DayEntry::date));
    return days;
  }

  /** Reads the rows of a day; a day without a file has none. */
  static DayIndex read(AssetStore store, String folder, LocalDate date) throws IOException {
    String name = folder + '/' + AssetLayout.index(date);
    return DayIndex.of(date, readAll(store, name, LARGEST_DAY_BYTES));
  }

  /** Reads a day again that was read before: only what is new, if the file has only grown. */
  static DayIndex readOn(AssetStore store, String folder, DayIndex known) throws IOException {
    byte[] last = known.lastBytes();
    try (StoredFile file = store.open(folder + '/' + AssetLayout.index(known.date()))) {
      long from = known.indexBytes() - last.length;
      long length = file.size() - from;
      if (last.length > 0 && length >= last.length && length <= LARGEST_DAY_BYTES) {
        ByteBuffer block = ByteBuffer.allocate((int) length);
        file.readFully(from, block);
        if (Arrays.equals(block.array(), 0, last.length, last, 0, last.length)) {
          return known.with(block.array(), last.length);
        }
      }
    } catch (NoSuchFileException e) {
      return DayIndex.of(known.date(), new byte[0]);
    }
    return read(store, folder, known.date());
  }

  /**
   * Reads the last rows of a day: at least one segment if there is any.
   *
   * @param store any
   * @param folder of the asset
   * @param date the day
   * @return rows in their order
   * @throws IOException when the store fails
   */
  public static List<IndexRow> readTail(AssetStore store, String folder, LocalDate date)
      throws IOException {
    String name = folder + '/' + AssetLayout.index(date);
    try (StoredFile file = store.open(name)) {
      long size = file.size();
      for (long length = TAIL_BYTES; ; length *= 4) {
        long from = Math.max(0, size - length);
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(size - from, LARGEST_DAY_BYTES));
        file.readFully(from, block);
        List<IndexRow> rows = new ArrayList<>();
        IndexRowCodec.parseLines(block.array(), rows::add);
        if (from == 0 || rows.stream().anyMatch(SegmentRow.class::isInstance)) {
          return rows;
        }
      }
    }
  }

  /** Reads the coverage; an unreadable one is as good as none. */
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

  /**
   * Reads a whole file.
   *
   * @param store any
   * @param name relative to the store
   * @param largestBytes the largest size that is accepted
   * @return its bytes; empty when there is no such file
   * @throws IOException when the store fails or the file is larger
   */
  public static byte[] readAll(AssetStore store, String name, int largestBytes) throws IOException {
    Optional<Long> size = store.size(name);
    if (size.isEmpty()) {
      return new byte[0];
    }
    if (size.get() > largestBytes) {
      throw new AssetFormatException(name + " has " + size.get() + " bytes");
    }
    ByteBuffer content = ByteBuffer.allocate((int) (long) size.get());
    try (StoredFile file = store.open(name)) {
      file.readFully(0, content);
    } catch (NoSuchFileException | EOFException e) {
      throw new IOException(name + " was replaced while it was read", e);
    }
    return content.array();
  }

  /** Returns where the last line that ends ends. */
  static long wholeLines(FileHandle file) throws IOException {
    long end = file.sizeBytes();
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
