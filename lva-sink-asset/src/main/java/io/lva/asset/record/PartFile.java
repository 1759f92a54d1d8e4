package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of a segment, from its first byte to its final name.
 *
 * <p>Writing is confined to the writer lane. Making it durable is thread-safe and takes turns with
 * closing.
 */
final class PartFile {
  private static final int MOST_FAILURES = 5;

  private final AssetFolder folder;
  private final Path part;
  private final FileHandle handle;
  private final Optional<Object> identity;
  private volatile long validBytes;
  private boolean torn;

  @GuardedBy("this")
  private boolean named;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private boolean changed;

  @GuardedBy("this")
  private int failures;

  private PartFile(AssetFolder folder, Path part, FileHandle handle) {
    this.folder = folder;
    this.part = part;
    this.handle = handle;
    this.identity = identity(folder, part);
  }

  /** Returns what distinguishes the file from a replacement; if empty, only the size can tell. */
  private static Optional<Object> identity(AssetFolder folder, Path part) {
    try {
      return folder.files().identity(part);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes the empty file of a segment. */
  static PartFile create(AssetFolder folder, SegmentHead head) throws IOException {
    Path part = folder.beginSegment(head.start(), head.origin().run(), head.origin().sequence());
    try {
      return new PartFile(folder, part, folder.files().create(part));
    } catch (IOException e) {
      folder.notBegun(part);
      throw e;
    }
  }

  /** Returns the size up to the last whole part. */
  long validBytes() {
    return validBytes;
  }

  /**
   * Writes whole parts after the valid bytes; all or none of them count.
   *
   * @throws IOException when the disk fails; the next call removes what was only partly written
   */
  void write(ByteBuffer[] parts) throws IOException {
    if (handle.sizeBytes() < validBytes) {
      throw new NoSuchFileException(part.toString(), null, "was cut while it was recorded");
    }
    repair();
    torn = true;
    long valid = validBytes + handle.writeFully(parts);
    torn = false;
    validBytes = valid;
  }

  private void repair() throws IOException {
    if (torn) {
      handle.truncate(validBytes);
      torn = false;
    }
  }

  /**
   * Makes the valid bytes and the name of the file durable.
   *
   * @return the number of bytes that are durable now
   */
  synchronized long force() throws IOException {
    long valid = validBytes;
    if (!closed) {
      if (isLost(valid)) {
        throw new NoSuchFileException(
            part.toString(), null, "was removed or replaced while it was recorded");
      }
      handle.force();
      if (!named) {
        folder.files().syncDirectory(part.resolveSibling("").normalize());
        named = true;
      }
    }
    return valid;
  }

  /**
   * Closes the file and durably gives it its final name, or removes it when it is empty. May be
   * called again after a failure. No write may follow.
   *
   * @return false when somebody removed, replaced or cut the file: {@link AssetFolder#recover} then
   *     finds what is left of it
   */
  synchronized boolean complete() throws IOException {
    if (!closed) {
      forceToComplete();
      closed = true;
      handle.close();
    }
    if (validBytes == 0) {
      folder.discard(part);
      return true;
    }
    if (isLost(validBytes) && folder.files().size(part).isPresent()) {
      changed = true;
    }
    return !changed && folder.publish(part);
  }

  /**
   * Returns whether the name no longer leads to the written bytes, because somebody changed the
   * file.
   */
  private boolean isLost(long valid) throws IOException {
    return folder.files().size(part).orElse(-1L) < valid
        || (identity.isPresent() && !folder.files().identity(part).equals(identity));
  }

  /**
   * Makes the file durable, unless this has failed too often, because the file must be closed in
   * the end.
   */
  @GuardedBy("this")
  private void forceToComplete() throws IOException {
    repair();
    if (failures < MOST_FAILURES) {
      failures++;
      handle.force();
    }
  }
}
