package io.lva.playback.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads a body once, from its first byte to its last.
 *
 * <p>Confined to one caller at a time: the next read begins after the last one is complete.
 */
public interface BodyReader extends AutoCloseable {
  /**
   * Reads on. What is stored is read in the calling thread; what is not recorded yet completes the
   * answer later and holds no thread.
   *
   * @param buffer takes the bytes, at least one must fit; not touched by the caller until the
   *     answer is complete
   * @return the number of bytes read; 0 when something has been awaited that the next read gives;
   *     -1 at the end of the body; fails with an {@link IOException} when the media cannot be read
   */
  CompletionStage<Integer> read(ByteBuffer buffer);

  /** Releases what the reader holds; may be called more than once. */
  @Override
  void close();

  /** Reads what is stored. */
  @FunctionalInterface
  interface Stored extends BodyReader {
    /**
     * Reads on, blocking only for the disk.
     *
     * @param buffer takes the bytes
     * @return the number of bytes read, or -1 at the end
     * @throws IOException when the media cannot be read
     */
    int readNow(ByteBuffer buffer) throws IOException;

    @Override
    default CompletionStage<Integer> read(ByteBuffer buffer) {
      try {
        return CompletableFuture.completedFuture(readNow(buffer));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    default void close() {}
  }
}
