package io.lva.asset;

import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A range of a segment file in a store where each call costs a round trip. It is read one window at
 * a time, and the latest window stays in memory.
 *
 * <p>Thread-safe. Calls block, but do not wait for one another.
 */
final class WindowFile implements StoredFile {
  private final FragmentFiles files;
  private final Fragment fragment;
  private final long start;
  private final long end;
  private final int windowBytes;
  private final KeptMedia kept;
  private volatile @Nullable Window window;

  /** Bytes in memory, and the position of the first one in the file. */
  private record Window(long start, ByteBuffer bytes) {
    boolean holds(long position) {
      return position >= start && position - start < bytes.limit();
    }

    int read(long position, ByteBuffer target) {
      int from = (int) (position - start);
      int length = Math.min(target.remaining(), bytes.limit() - from);
      target.put(bytes.slice(from, length));
      return length;
    }
  }

  WindowFile(
      FragmentFiles files,
      Fragment fragment,
      long start,
      long end,
      int windowBytes,
      KeptMedia kept) {
    this.kept = kept;
    this.files = files;
    this.fragment = fragment;
    this.start = start;
    this.end = end;
    this.windowBytes = windowBytes;
  }

  @Override
  public long size() {
    return end;
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (position < start) {
      throw new IOException("byte " + position + " lies before the range from " + start);
    }
    if (position >= end) {
      return -1;
    }
    Window there = known(position);
    if (there == null) {
      window = null; // so that one at a time is in memory
      long until = Math.min(end, kept.next(fragment.file(), position));
      int length = (int) Math.min(windowBytes, until - position);
      there = new Window(position, files.read(fragment, position, length));
      kept.keep(fragment.file(), position, there.bytes());
      window = there;
    }
    return there.read(position, target);
  }

  private @Nullable Window known(long position) {
    Window newest = window;
    if (newest != null && newest.holds(position)) {
      return newest;
    }
    ByteBuffer bytes = kept.find(fragment.file(), position);
    return bytes == null ? null : new Window(position, bytes);
  }

  @Override
  public void close() {
    // Only memory is held, which serves again when the stretch is opened again.
  }
}
