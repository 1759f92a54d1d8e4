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
   * Reads on. Stored bytes are read in the calling thread; where the next ones are not recorded
   * yet, the result comes later and no thread is held.
   *
   * @param buffer takes the bytes and must have room for at least one; the caller must not touch it
   *     until the result is complete
   * @return the number of bytes read; 0 when a wait is over and the caller should read again; -1 at
   *     the end of the body; the stage fails with an {@link IOException} or a {@link
   *     RuntimeException} when the media cannot be read
   */
  CompletionStage<Integer> read(ByteBuffer buffer);

  /** Releases what the reader holds. This method may be called more than once. */
  @Override
  void close();

  /** A reader of stored bytes, which never waits for a recording. */
  @FunctionalInterface
  interface Stored extends BodyReader {
    /**
     * Reads on, blocking only while the store is read.
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
