package io.lva.asset.azure;

import io.lva.fmp4.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * The content of a blob on its way to the service. It is read in pieces, each when the connection
 * takes it, so that a stalled connection can be distinguished from a slow one.
 *
 * <p>A transfer can be sent only once. Thread-safe.
 */
final class Transfer {
  private static final int PIECE_BYTES = 64 << 10;
  private static final int LOOKS = 4;

  private final ByteSource source;
  private final long size;

  /** When the last piece was handed over; meaningless while {@link #reading}. */
  private volatile long movedNanos;

  private volatile boolean reading;

  Transfer(ByteSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /** Returns the content, for one subscriber. */
  Flux<ByteBuffer> pieces() {
    return Flux.generate(() -> 0L, this::next);
  }

  private long next(long position, SynchronousSink<ByteBuffer> connection) {
    if (position >= size) {
      connection.complete();
      return position;
    }
    reading = true;
    try {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, size - position));
      int count = source.read(position, piece);
      if (count < 0) {
        throw new EOFException("the file ends at " + position + " of " + size + " bytes");
      }
      connection.next(piece.flip());
      return position + count;
    } catch (IOException e) {
      connection.error(e);
      return position;
    } finally {
      movedNanos = System.nanoTime();
      reading = false;
    }
  }

  /**
   * Emits when nothing has moved for the given time since this call: the connection took no piece,
   * or there was no answer after the last piece. The time that the source needs does not count.
   */
  Flux<Long> stalled(Duration patience) {
    movedNanos = System.nanoTime();
    return Flux.interval(patience.dividedBy(LOOKS))
        .filter(look -> !reading && System.nanoTime() - movedNanos > patience.toNanos());
  }
}
