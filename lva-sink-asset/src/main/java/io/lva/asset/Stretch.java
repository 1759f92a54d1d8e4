package io.lva.asset;

import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive bytes of a segment file that are read more than once. On a disk they are read in
 * place. From a store where each call costs a round trip, they are read one window at a time, so
 * that a stretch that fits into one window is read only once.
 *
 * <p>Thread-safe. Calls block.
 */
public final class Stretch {
  /**
   * The number of bytes read at once from a store that is not a disk; they stay in memory until the
   * reader has passed them.
   */
  public static final int WINDOW_BYTES = 4 << 20;

  /** Enough for the header of a part and the beginning of its media. */
  private static final int HEAD_BYTES = 64 << 10;

  private final FragmentFiles files;
  private final Fragment fragment;
  private final long offset;
  private final long lengthBytes;
  private final KeptMedia kept;
  private final WindowFile far;

  Stretch(FragmentFiles files, Fragment fragment, long offset, long lengthBytes, KeptMedia kept) {
    this.kept = kept;
    this.files = files;
    this.fragment = fragment;
    this.offset = offset;
    this.lengthBytes = lengthBytes;
    this.far = window(WINDOW_BYTES);
  }

  private WindowFile window(int windowBytes) {
    return new WindowFile(files, fragment, offset, offset + lengthBytes, windowBytes, kept);
  }

  /**
   * Returns how much memory the stretch takes while it is read from a store that is not a disk.
   *
   * @return bytes, at most {@link #WINDOW_BYTES}
   */
  public int memoryBytes() {
    return (int) Math.min(lengthBytes, WINDOW_BYTES);
  }

  /**
   * Opens the file in place if it is on a disk.
   *
   * @return the file, which must be closed; empty when it is not on a disk
   * @throws IOException when the disk fails
   */
  public Optional<StoredFile> openOnDisk() throws IOException {
    return Optional.ofNullable(files.openInPlace(fragment));
  }

  /**
   * Opens the file for reading these bytes, at their positions in the file.
   *
   * @return the file, which must be closed
   * @throws IOException when a store fails; when the file was deleted, this call or the first read
   *     throws a {@link java.nio.file.NoSuchFileException}
   */
  public StoredFile open() throws IOException {
    @Nullable StoredFile near = files.openInPlace(fragment);
    return near != null ? near : far;
  }

  /**
   * Opens the file for reading the headers of its boxes and little else. A stretch that is larger
   * than a window is read in smaller pieces, so that most of the media between headers is skipped.
   *
   * @return the file, which must be closed
   * @throws IOException as for {@link #open}
   */
  public StoredFile openHeads() throws IOException {
    StoredFile file = open();
    return file == far && lengthBytes > WINDOW_BYTES ? window(HEAD_BYTES) : file;
  }
}
