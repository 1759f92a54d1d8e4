package io.lva.asset;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in memory what was read from a store that is not a disk, so that it is read only once. What
 * is read first is kept, up to a limit.
 *
 * <p>Thread-safe.
 */
public final class KeptMedia {
  /** Keeps nothing. */
  static final KeptMedia NONE = new KeptMedia(0);

  private final long limitBytes;

  @GuardedBy("this")
  private final Map<String, NavigableMap<Long, ByteBuffer>> files = new HashMap<>();

  @GuardedBy("this")
  private long usedBytes;

  /**
   * Creates an instance that holds nothing yet.
   *
   * @param limitBytes the largest number of bytes to keep; 0 to keep nothing
   */
  public KeptMedia(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  private synchronized NavigableMap<Long, ByteBuffer> file(String name) {
    return files.getOrDefault(name, new TreeMap<>());
  }

  /** Returns what is kept of a file from a position on; null when nothing is kept there. */
  synchronized @Nullable ByteBuffer find(String name, long position) {
    Map.Entry<Long, ByteBuffer> found = file(name).floorEntry(position);
    if (found == null || position - found.getKey() >= found.getValue().limit()) {
      return null;
    }
    int from = (int) (position - found.getKey());
    return found.getValue().slice(from, found.getValue().limit() - from);
  }

  /**
   * Returns where the next kept bytes after a position begin; {@link Long#MAX_VALUE} if there are
   * none.
   */
  synchronized long next(String name, long position) {
    Long next = file(name).higherKey(position);
    return next == null ? Long.MAX_VALUE : next;
  }

  /** Keeps bytes of a file, unless they would exceed the limit. */
  synchronized void keep(String name, long position, ByteBuffer bytes) {
    if (bytes.limit() <= limitBytes - usedBytes) {
      usedBytes += bytes.limit();
      files.computeIfAbsent(name, none -> new TreeMap<>()).put(position, bytes);
    }
  }
}
