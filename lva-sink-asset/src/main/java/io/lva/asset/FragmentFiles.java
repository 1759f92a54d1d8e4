package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.Mp4Exception;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the files of fragments, in whichever store and under whichever name they now are.
 *
 * <p>Thread-safe. Calls block.
 */
final class FragmentFiles {
  private static final int MAXIMUM_INITS = 64;

  /** The largest piece that is read at once: 6 s at 358 Mbit/s. */
  private static final int LARGEST_BYTES = 256 << 20;

  private final List<AssetView> views;
  private final Map<String, InitSegment> inits = new ConcurrentHashMap<>();

  FragmentFiles(List<AssetView> views) {
    this.views = List.copyOf(views);
  }

  /** Reads bytes of a fragment's file with one range read. */
  ByteBuffer read(Fragment fragment, long offset, int lengthBytes) throws IOException {
    if (lengthBytes < 0 || lengthBytes > LARGEST_BYTES) {
      throw new IOException(
          fragment.file() + ": " + lengthBytes + " bytes in one piece; at most " + LARGEST_BYTES);
    }
    return firstThere(
        fragment,
        file -> {
          ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
          file.readFully(offset, bytes);
          return bytes.flip();
        });
  }

  /** Opens the file of a fragment. */
  StoredFile open(Fragment fragment) throws IOException {
    for (AssetView view : views) {
      for (String name : names(view, fragment.file())) {
        Optional<StoredFile> opened = tryOpen(view, name);
        if (opened.isPresent()) {
          return opened.get();
        }
      }
    }
    throw new NoSuchFileException(fragment.file());
  }

  /** Opens the file of a fragment if it is on a disk; null otherwise. */
  @Nullable StoredFile openInPlace(Fragment fragment) throws IOException {
    for (AssetView view : views) {
      if (view.store().features().contains(StoreFeature.IN_PLACE)) {
        for (String name : names(view, fragment.file())) {
          Optional<StoredFile> opened = tryOpen(view, name);
          if (opened.isPresent()) {
            return opened.get();
          }
        }
      }
    }
    return null;
  }

  /** Returns the initialization segment of a fragment's track; up to 64 of them stay in memory. */
  InitSegment init(Fragment fragment) throws IOException {
    String key = fragment.run() + "/" + fragment.track().id() + "/" + fragment.track().init();
    InitSegment known = inits.get(key);
    if (known == null) {
      known = firstThere(fragment, file -> init(fragment, file));
      if (inits.size() >= MAXIMUM_INITS) {
        inits.clear();
      }
      inits.put(key, known);
    }
    return known;
  }

  private static InitSegment init(Fragment fragment, StoredFile file) throws IOException {
    try {
      Optional<FileItem> item = new FragmentedReader(new HeadSource(file)).next();
      if (item.isPresent() && item.get() instanceof FileItem.Head head) {
        return head.init().forTrack(fragment.track().id());
      }
      throw new IOException(fragment.file() + " has no head");
    } catch (Mp4Exception e) {
      throw new IOException(fragment.file() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the names to try in turn. The first name is tried again, in case the file is renamed to
   * it in the meantime. A copy of a published segment comes last.
   */
  private static List<String> names(AssetView view, String file) {
    return view.store().features().contains(StoreFeature.IN_PLACE)
        ? List.of(file, file + SegmentName.PART_SUFFIX, file, file + AssetLayout.PUBLISHED_SUFFIX)
        : List.of(file);
  }

  private static Optional<StoredFile> tryOpen(AssetView view, String name) throws IOException {
    try {
      return Optional.of(view.open(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Does something with an open file. */
  private interface FileUse<T> {
    T with(StoredFile file) throws IOException;
  }

  private <T> T firstThere(Fragment fragment, FileUse<T> use) throws IOException {
    for (AssetView view : views) {
      for (String name : names(view, fragment.file())) {
        try (StoredFile file = view.open(name)) {
          return use.with(file);
        } catch (NoSuchFileException e) {
          // It may have another name, or be in another store.
        }
      }
    }
    throw new NoSuchFileException(fragment.file());
  }
}
