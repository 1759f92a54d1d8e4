package io.lva.asset.archive;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Completes the files that were being written when a process ended: cuts them after their last
 * whole part and gives them their final names. Media after a damaged place goes to a file of its
 * own; bytes that cannot be played are kept in another file, with {@link
 * AssetLayout#DAMAGED_SUFFIX} in its name.
 *
 * <p>Every step can be interrupted and repeated. The caller must hold the lock of the asset.
 *
 * <p>Thread-safe: files are completed one at a time.
 */
final class PartCompletion {
  private final AssetStore store;
  private final String folder;
  private final AssetWriter writer;

  PartCompletion(AssetStore store, String folder, AssetWriter writer) {
    this.store = store;
    this.folder = folder;
    this.writer = writer;
  }

  /**
   * Completes the files of an hour that nobody writes, deletes temporary files, and returns how
   * many files were completed.
   */
  int completeHour(String hour, Predicate<String> inUse) throws IOException {
    if (!store.features().contains(StoreFeature.IN_PLACE)) {
      return 0;
    }
    int completed = 0;
    for (AssetStore.Entry entry : store.list(folder + '/' + hour)) {
      String name = hour + '/' + entry.name();
      Optional<SegmentName> segment = SegmentName.parse(name);
      boolean part = segment.map(SegmentName::part).orElse(false);
      if (!entry.folder() && part && !inUse.test(name)) {
        completed += complete(name, behind -> {}) ? 1 : 0;
      } else if (!entry.folder() && entry.name().endsWith(".tmp")) {
        deleteTemporary(name);
      }
    }
    return completed;
  }

  /** Deletes a temporary file; synchronized because {@link #complete} writes such files. */
  private synchronized void deleteTemporary(String name) throws IOException {
    writer.delete(name);
  }

  /** Returns the name that a file gets when it is complete. */
  static String completeName(String part) {
    return part.substring(0, part.length() - SegmentName.PART_SUFFIX.length());
  }

  /**
   * Completes a file that nobody writes.
   *
   * @param part its name; the file may be gone if somebody has completed it since it was listed
   * @param behind takes the name of each segment that is made from what follows a damaged place,
   *     before that segment is made; after a failed call, the caller has no other way to find it
   * @return false when there is no such file
   */
  synchronized boolean complete(String part, Consumer<String> behind) throws IOException {
    if (store.size(folder + '/' + part).isEmpty()) {
      return false;
    }
    String name = completeName(part);
    if (isThere(name)) {
      keepWhole(part, name); // nothing of ours leaves both
      return true;
    }
    Optional<DamagedPart.Rest> rest;
    long wholeBytes;
    boolean damaged;
    try (StoredFile file = store.open(folder + '/' + part)) {
      DamagedPart content = DamagedPart.read(file, name);
      wholeBytes = content.wholeBytes();
      damaged = content.hasPartsBehind();
      rest = content.rest();
      if (rest.isPresent()) {
        String restName = completeName(rest.get().part());
        behind.accept(restName);
        if (!isThere(restName)) {
          writer.put(rest.get().part(), rest.get().content());
        }
      }
      if (damaged && wholeBytes > 0) {
        content.writeDamaged(writer, name + AssetLayout.DAMAGED_SUFFIX);
      }
    }
    if (wholeBytes > 0) {
      writer.rename(part, wholeBytes, name);
    } else if (damaged) {
      keepWhole(part, name);
    } else {
      writer.delete(part);
    }
    if (rest.isPresent()) {
      complete(rest.get().part(), behind);
    }
    return true;
  }

  private void keepWhole(String part, String name) throws IOException {
    String kept = name + AssetLayout.DAMAGED_SUFFIX;
    for (int i = 2; isThere(kept); i++) {
      kept = name + AssetLayout.DAMAGED_SUFFIX + '-' + i;
    }
    writer.rename(part, Long.MAX_VALUE, kept);
  }

  /** Returns whether there is a file or a folder with that name. */
  private boolean isThere(String name) throws IOException {
    int slash = name.lastIndexOf('/');
    return store.list(folder + '/' + name.substring(0, slash)).stream()
        .anyMatch(entry -> entry.name().equals(name.substring(slash + 1)));
  }
}
