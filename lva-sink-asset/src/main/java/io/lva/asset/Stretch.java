package io.lva.asset;

import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive bytes of a segment file, to be read more than once. On a disk they are read where
 * they lie; from a store where each call costs a round trip they are read at once, with one range
 * read, and kept as long as this object.
 *
 * <p>Thread-safe. Calls block.
 */
public final class Stretch {
  private final FragmentFiles files;
  private final Fragment fragment;
  private final long offset;
  private final int lengthBytes;
  private volatile @Nullable Kept kept;

  Stretch(FragmentFiles files, Fragment fragment, long offset, int lengthBytes) {
    this.files = files;
    this.fragment = fragment;
    this.offset = offset;
    this.lengthBytes = lengthBytes;
  }

  /**
   * Opens the file for reading these bytes, at their positions in the file.
   *
   * @return to be closed
   * @throws IOException {@link java.nio.file.NoSuchFileException} when the file was deleted
   */
  public StoredFile open() throws IOException {
    Kept known = kept;
    if (known != null) {
      return known;
    }
    @Nullable StoredFile near = files.openInPlace(fragment);
    if (near != null) {
      return near;
    }
    known = new Kept(offset, ByteSource.of(files.read(fragment, offset, lengthBytes)));
    kept = known;
    return known;
  }

  /** The bytes in memory, as if they were the file. */
  private record Kept(long offset, ByteSource bytes) implements StoredFile {
    @Override
    public long size() throws IOException {
      return offset + bytes.size();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      if (position < offset) {
        throw new IOException("byte " + position + " lies before the stretch at " + offset);
      }
      return bytes.read(position - offset, target);
    }

    @Override
    public void close() {
      // Memory is all it has.
    }
  }
}
