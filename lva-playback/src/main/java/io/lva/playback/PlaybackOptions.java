package io.lva.playback;

import io.lva.asset.Stretch;

/**
 * Limits what playback takes from its host. Options are passed to {@link
 * Playback#open(io.lva.asset.store.AssetStore, io.lva.asset.LiveAssets, PlaybackOptions)}, or to a
 * runtime as an option.
 *
 * <p>Immutable.
 */
public final class PlaybackOptions {
  private static final long REMOTE_MEMORY_BYTES = 128L << 20;

  private final long remoteMemoryBytes;

  private PlaybackOptions(long remoteMemoryBytes) {
    this.remoteMemoryBytes = remoteMemoryBytes;
  }

  /**
   * Returns the default options.
   *
   * @return 128 MiB of memory for remote media
   */
  public static PlaybackOptions defaults() {
    return new PlaybackOptions(REMOTE_MEMORY_BYTES);
  }

  /**
   * Limits the memory that all answers together take for media of stores that are not on a disk.
   * Each answer takes up to 4 MiB while it is sent; answers that find too little memory wait. As
   * long as half of the limit remains free, an export takes up to an eighth of the limit in
   * addition, so that media that fits is read only once.
   *
   * @param bytes at least 4 MiB
   * @return a copy of these options with the limit
   * @throws IllegalArgumentException when {@code bytes} is less than 4 MiB
   */
  public PlaybackOptions withRemoteMemory(long bytes) {
    if (bytes < Stretch.WINDOW_BYTES) {
      throw new IllegalArgumentException(
          "memory for remote media of " + bytes + " bytes; at least " + Stretch.WINDOW_BYTES);
    }
    return new PlaybackOptions(bytes);
  }

  /**
   * Returns the limit of the memory for media of stores that are not on a disk.
   *
   * @return bytes, of all answers together
   */
  public long remoteMemoryBytes() {
    return remoteMemoryBytes;
  }
}
