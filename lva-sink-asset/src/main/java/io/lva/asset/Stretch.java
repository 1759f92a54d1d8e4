package io.lva.asset;

import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive bytes of a segment file, to be read more than once. On a disk they are read where
 * they lie; from a store where each call costs a round trip they are read a window at a time, so
 * that a stretch of one window is read once.
 *
 * <p>Thread-safe. Calls block.
 */
public final class Stretch {
  /** The bytes read at once from a store that is not a disk; they stay in memory until passed. */
  public static final int WINDOW_BYTES = 4 << 20;

  /** Holds the header of a part, and with it the beginning of its media. */
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
   * Opens the file where it lies on a disk.
   *
   * @return the file, to be closed; empty when it is not on a disk
   * @throws IOException when the disk fails
   */
  public Optional<StoredFile> openOnDisk() throws IOException {
    return Optional.ofNullable(files.openInPlace(fragment));
  }

  /**
   * Opens the file for reading these bytes, at their positions in the file.
   *
   * @return the file, to be closed
   * @throws IOException when a store fails; {@link java.nio.file.NoSuchFileException}, here or from
   *     the first read, when the file was deleted
   */
  public StoredFile open() throws IOException {
    @Nullable StoredFile near = files.openInPlace(fragment);
    return near != null ? near : far;
  }

  /**
   * Opens the file for reading the headers of its boxes and little else: a stretch that is larger
   * than a window is read in smaller pieces, so that most of the media between headers is skipped.
   *
   * @return the file, to be closed
   * @throws IOException as {@link #open}
   */
  public StoredFile openHeads() throws IOException {
    StoredFile file = open();
    return file == far && lengthBytes > WINDOW_BYTES ? window(HEAD_BYTES) : file;
  }
}
