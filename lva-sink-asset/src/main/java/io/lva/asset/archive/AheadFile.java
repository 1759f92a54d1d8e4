package io.lva.asset.archive;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A complete file in a store where each call costs a round trip, opened to read its headers. Its
 * size is asked for only once, and small reads fetch more than was asked for.
 *
 * <p>Not thread-safe.
 */
final class AheadFile implements StoredFile {
  /**
   * How much is fetched at once: several parts from a camera with a low bit rate, less than one
   * part at a high bit rate.
   */
  static final int AHEAD_BYTES = 64 << 10;

  private final StoredFile file;
  private final ByteBuffer ahead = ByteBuffer.allocate(AHEAD_BYTES).limit(0);
  private long start;
  private long size = -1;

  AheadFile(StoredFile file) {
    this.file = file;
  }

  /** Opens a file in any store; a file on a disk is read directly. */
  static StoredFile open(AssetStore store, String name) throws IOException {
    StoredFile file = store.open(name);
    return store.features().contains(StoreFeature.IN_PLACE) ? file : new AheadFile(file);
  }

  @Override
  public long size() throws IOException {
    if (size < 0) {
      size = file.size();
    }
    return size;
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (target.remaining() > AHEAD_BYTES) {
      return file.read(position, target);
    }
    if (position < start || position >= start + ahead.limit()) {
      ahead.limit(0); // nothing is ahead after a read that fails
      int count = file.read(position, ahead.duplicate().clear());
      start = position;
      ahead.limit(Math.max(0, count));
      if (count <= 0) {
        return count;
      }
    }
    int from = (int) (position - start);
    int length = Math.min(target.remaining(), ahead.limit() - from);
    target.put(ahead.slice(from, length));
    return length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
