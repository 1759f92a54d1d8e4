package io.lva.asset.store;

import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * Content that must be sent no faster than a limit allows; each read waits for its turn.
 *
 * <p>A store sends the content as usual. A store that also reads it in advance, for a checksum,
 * uses {@link #unpaced} there, so that it does not wait twice.
 *
 * <p>As thread-safe as its content.
 */
public final class PacedSource implements ByteSource {
  private static final int PIECE_BYTES = 64 << 10;

  private final ByteSource content;
  private final Pace pace;

  /** Decides when bytes may be sent. Thread-safe. */
  @FunctionalInterface
  public interface Pace {
    /**
     * Waits until bytes may be sent.
     *
     * @param bytes how many, 1 or more
     * @throws InterruptedIOException when the thread is interrupted
     */
    void take(int bytes) throws InterruptedIOException;
  }

  /**
   * Creates a source.
   *
   * @param content what is sent
   * @param pace called for each piece of at most 64 KiB, after it is read and before it is passed
   *     on
   */
  public PacedSource(ByteSource content, Pace pace) {
    this.content = content;
    this.pace = pace;
  }

  /**
   * Returns the content for a reader that does not send it.
   *
   * @param content of any kind
   * @return the same bytes, without waiting
   */
  public static ByteSource unpaced(ByteSource content) {
    return content instanceof PacedSource paced ? paced.content : content;
  }

  @Override
  public long size() throws IOException {
    return content.size();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    int limit = target.limit();
    target.limit(target.position() + Math.min(PIECE_BYTES, target.remaining()));
    try {
      int count = content.read(position, target);
      if (count > 0) {
        pace.take(count);
      }
      return count;
    } finally {
      target.limit(limit);
    }
  }
}
