package io.lva.asset.upload;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.AssetStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The segments that the spools of a folder keep after publishing them, so that players on this
 * machine need not read from the store. All assets of the folder share a quota; beyond it, the
 * oldest copies are deleted, whether their assets are being recorded or not.
 *
 * <p>A copy has a name of its own, so that a segment that still has to be published is never
 * mistaken for a copy, no matter when a process ends.
 *
 * <p>Thread-safe. Disk access does not hold the lock that {@link #bytes} needs.
 */
public final class LocalCopies {
  private static final System.Logger LOGGER = System.getLogger(LocalCopies.class.getName());
  private static final Comparator<Copy> BY_TIME =
      Comparator.comparing(Copy::file).thenComparing(Copy::folder);

  private final DiskAssetStore spools;
  private final long quotaBytes;

  @GuardedBy("this")
  private final Map<String, Copies> assets = new HashMap<>();

  @GuardedBy("this")
  private long bytes;

  /** A copy of a file of an asset. Names sort by the time of the media. */
  private record Copy(String folder, String file, long sizeBytes) {
    String name() {
      return folder + '/' + file + AssetLayout.PUBLISHED_SUFFIX;
    }
  }

  /** The copies of one asset. */
  private static final class Copies {
    private final NavigableMap<String, Copy> files = new TreeMap<>();
    private long bytes;

    Copy oldest() {
      return files.firstEntry().getValue();
    }
  }

  private LocalCopies(DiskAssetStore spools, long quotaBytes) {
    this.spools = spools;
    this.quotaBytes = quotaBytes;
  }

  /**
   * Finds the copies that earlier processes have left, and deletes those beyond the quota.
   *
   * @param spools the folder of all spools; may be missing
   * @param quotaBytes the largest size of all copies together; 0 to keep none
   * @return the copies
   * @throws IOException when the folder cannot be listed
   */
  public static LocalCopies of(DiskAssetStore spools, long quotaBytes) throws IOException {
    LocalCopies copies = new LocalCopies(spools, quotaBytes);
    for (AssetStore.Entry asset : spools.list("")) {
      if (asset.folder() && AssetLayout.isFolderName(asset.name())) {
        copies.find(new AssetView(spools, asset.name()));
      }
    }
    copies.trim();
    return copies;
  }

  private void find(AssetView spool) throws IOException {
    for (String hour : spool.hours()) {
      for (AssetStore.Entry entry : spools.list(spool.path(hour))) {
        Optional.of(entry)
            .filter(each -> !each.folder())
            .flatMap(each -> segment(hour + '/' + each.name()))
            .ifPresent(file -> add(new Copy(spool.folder(), file, entry.sizeBytes())));
      }
    }
  }

  /** Returns the name of the segment of which a file is a copy. */
  private static Optional<String> segment(String name) {
    if (!name.endsWith(AssetLayout.PUBLISHED_SUFFIX)) {
      return Optional.empty();
    }
    String file = name.substring(0, name.length() - AssetLayout.PUBLISHED_SUFFIX.length());
    return SegmentName.parse(file).map(SegmentName::path);
  }

  /** Keeps the file of a published segment, or deletes it if there is no quota. */
  void keep(AssetFolder spool, String file, long sizeBytes) throws IOException {
    if (quotaBytes == 0) {
      spool.writer().delete(file);
      return;
    }
    Copy copy = new Copy(spool.view().folder(), file, sizeBytes);
    try {
      spool.writer().rename(file, sizeBytes, file + AssetLayout.PUBLISHED_SUFFIX);
    } catch (NoSuchFileException e) {
      return; // somebody removed it
    }
    add(copy);
    trim();
  }

  /** Deletes the oldest copies of an asset until the rest fits. */
  void trim(String folder, long roomBytes) {
    Optional<Copy> oldest = takeOldest(folder, roomBytes);
    while (oldest.isPresent()) {
      delete(oldest.get());
      oldest = takeOldest(folder, roomBytes);
    }
  }

  private void trim() {
    Optional<Copy> oldest = takeOldest();
    while (oldest.isPresent()) {
      delete(oldest.get());
      oldest = takeOldest();
    }
  }

  /** Deletes a copy. One that cannot be deleted is left, and no longer counts. */
  private void delete(Copy copy) {
    try {
      spools.files().delete(spools.path(copy.name()));
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, copy.name() + " was not deleted", e);
    }
  }

  private synchronized void add(Copy copy) {
    Copies copies = assets.computeIfAbsent(copy.folder(), folder -> new Copies());
    if (copies.files.put(copy.file(), copy) == null) {
      copies.bytes += copy.sizeBytes();
      bytes += copy.sizeBytes();
    }
  }

  private synchronized Optional<Copy> takeOldest(String folder, long roomBytes) {
    Copies copies = assets.get(folder);
    return copies == null || copies.bytes <= roomBytes
        ? Optional.empty()
        : Optional.of(take(copies.oldest()));
  }

  private synchronized Optional<Copy> takeOldest() {
    return bytes <= quotaBytes
        ? Optional.empty()
        : assets.values().stream().map(Copies::oldest).min(BY_TIME).map(this::take);
  }

  @GuardedBy("this")
  private Copy take(Copy copy) {
    Copies copies = requireNonNull(assets.get(copy.folder()));
    copies.files.remove(copy.file());
    copies.bytes -= copy.sizeBytes();
    bytes -= copy.sizeBytes();
    if (copies.files.isEmpty()) {
      assets.remove(copy.folder());
    }
    return copy;
  }

  /** Returns whether there are copies of an asset's segments from a UTC day. */
  synchronized boolean has(String folder, LocalDate day) {
    Copies copies = assets.get(folder);
    if (copies == null) {
      return false;
    }
    String first = SegmentName.hourFolder(start(day));
    String next = copies.files.ceilingKey(first);
    return next != null && next.compareTo(SegmentName.hourFolder(start(day.plusDays(1)))) < 0;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Returns the size of all copies of an asset. */
  synchronized long bytes(String folder) {
    Copies copies = assets.get(folder);
    return copies == null ? 0 : copies.bytes;
  }
}
