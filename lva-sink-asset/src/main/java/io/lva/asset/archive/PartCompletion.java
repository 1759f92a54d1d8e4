package io.lva.asset.archive;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Completes the files that were being written when a process ended: cuts them after their last
 * whole part and gives them their names. Media after a damaged place goes to a file of its own;
 * bytes that cannot be played are kept beside it, in a file that ends in {@link
 * AssetLayout#DAMAGED_SUFFIX}.
 *
 * <p>Every step can be interrupted and repeated. Needs the lock of the asset.
 *
 * <p>Confined to one thread.
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

  /** Completes the files of an hour that nobody writes; returns how many there were. */
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
        List<String> unused = complete(name);
        completed++;
      } else if (!entry.folder() && entry.name().endsWith(".tmp")) {
        writer.delete(name);
      }
    }
    return completed;
  }

  /** Completes a file that nobody writes; returns the names of the segments that are left of it. */
  List<String> complete(String part) throws IOException {
    List<String> names = new ArrayList<>();
    String name = part.substring(0, part.length() - SegmentName.PART_SUFFIX.length());
    if (isThere(name)) {
      keepWhole(part, name); // nothing of ours leaves both
      return names;
    }
    Optional<String> rest = Optional.empty();
    long wholeBytes;
    boolean damaged;
    try (StoredFile file = store.open(folder + '/' + part)) {
      DamagedPart content = DamagedPart.read(file, name);
      wholeBytes = content.wholeBytes();
      damaged = content.hasPartsBehind();
      if (damaged) {
        rest = content.writeRest(writer);
      }
      if (damaged && wholeBytes > 0) {
        content.writeDamaged(writer, name + AssetLayout.DAMAGED_SUFFIX);
      }
    }
    if (wholeBytes > 0) {
      writer.rename(part, wholeBytes, name);
      names.add(name);
    } else if (damaged) {
      keepWhole(part, name);
    } else {
      writer.delete(part);
    }
    if (rest.isPresent()) {
      names.addAll(complete(rest.get()));
    }
    return names;
  }

  private void keepWhole(String part, String name) throws IOException {
    String kept = name + AssetLayout.DAMAGED_SUFFIX;
    for (int i = 2; isThere(kept); i++) {
      kept = name + AssetLayout.DAMAGED_SUFFIX + '-' + i;
    }
    writer.rename(part, Long.MAX_VALUE, kept);
  }

  /** Returns whether there is a file, or a folder, of that name. */
  private boolean isThere(String name) throws IOException {
    int slash = name.lastIndexOf('/');
    return store.list(folder + '/' + name.substring(0, slash)).stream()
        .anyMatch(entry -> entry.name().equals(name.substring(slash + 1)));
  }
}
