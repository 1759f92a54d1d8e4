package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.upload.LocalCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The copies of published segments that the sinks of a runtime keep, by folder of spools.
 *
 * <p>Thread-safe.
 */
final class SharedCopies implements AutoCloseable {
  private static final int MIB_SHIFT = 20;

  private final long quotaMiB;

  @GuardedBy("this")
  private final Map<Path, LocalCopies> copies = new HashMap<>();

  SharedCopies(long quotaMiB) {
    this.quotaMiB = quotaMiB;
  }

  /** Returns the copies in a folder of spools. */
  synchronized LocalCopies of(DiskAssetStore spools) throws IOException {
    LocalCopies known = copies.get(spools.root());
    if (known == null) {
      known = LocalCopies.of(spools, quotaMiB << MIB_SHIFT);
      copies.put(spools.root(), known);
    }
    return known;
  }

  @Override
  public synchronized void close() {
    copies.clear();
  }
}
