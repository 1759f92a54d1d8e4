package io.lva.asset.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Segments of a spool that no longer count, because another recorder had taken the asset over. They
 * are kept for a week in case somebody wants them, or until the space is needed.
 *
 * <p>Thread-safe.
 */
final class SupersededFiles {
  static final Duration KEPT = Duration.ofDays(7);

  private static final String SUFFIX = ".superseded";

  private final AssetFolder spool;
  private final Clock clock;

  /** The files by name, and thus in the order of recording. */
  @GuardedBy("this")
  private final NavigableMap<String, Kept> files = new TreeMap<>();

  /**
   * The size of a file and the time since when it is kept. If an earlier process put it aside, that
   * is the time of its recording.
   */
  private record Kept(long sizeBytes, Instant since) {}

  /** Looks for files that earlier processes have put aside. */
  SupersededFiles(AssetFolder spool, Clock clock) throws IOException {
    this.spool = spool;
    this.clock = clock;
    AssetView view = spool.view();
    for (String hour : view.hours()) {
      for (String name : view.strangers(hour)) {
        Optional<Instant> start = start(name);
        if (start.isPresent()) {
          long size = view.store().size(view.path(name)).orElse(0L);
          files.put(name, new Kept(size, start.get()));
        }
      }
    }
  }

  private static Optional<Instant> start(String name) {
    return name.endsWith(SUFFIX)
        ? SegmentName.parse(name.substring(0, name.length() - SUFFIX.length()))
            .map(SegmentName::start)
        : Optional.empty();
  }

  /** Puts a segment aside; returns false when it was already put aside. */
  synchronized boolean add(SegmentRow row) throws IOException {
    String name = row.file() + SUFFIX;
    if (files.containsKey(name)) {
      return false;
    }
    try {
      spool.writer().rename(row.file(), row.sizeBytes(), name);
    } catch (NoSuchFileException e) {
      return false;
    }
    files.put(name, new Kept(row.sizeBytes(), now()));
    return true;
  }

  /** Returns the size of all files. */
  synchronized long bytes() {
    return files.values().stream().mapToLong(Kept::sizeBytes).sum();
  }

  /** Deletes files that were kept long enough, then the oldest ones until the rest fits. */
  synchronized void trim(long limitBytes) throws IOException {
    Instant oldest = now().minus(KEPT);
    long bytes = bytes();
    while (!files.isEmpty()) {
      Map.Entry<String, Kept> first = files.firstEntry();
      if (!first.getValue().since().isBefore(oldest) && bytes <= limitBytes) {
        return;
      }
      spool.writer().delete(first.getKey());
      files.remove(first.getKey());
      bytes -= first.getValue().sizeBytes();
    }
  }

  private Instant now() {
    return Utc.instant(clock.utcNanos());
  }
}
