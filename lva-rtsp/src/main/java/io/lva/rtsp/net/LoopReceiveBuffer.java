package io.lva.rtsp.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Lets all connections of a loop receive into one buffer, one after the other, so that a connection
 * holds no receive memory of its own and a read allocates nothing. If the handlers of a connection
 * keep the buffer, the next read gets another one.
 *
 * <p>Confined to its media loop.
 */
// Netty has deprecated the handle in favour of one that it still passes as this type.
@SuppressWarnings("deprecation")
final class LoopReceiveBuffer implements RecvByteBufAllocator {
  /** The fastest of the sizes that were measured; larger ones gain nothing. */
  static final int SIZE_BYTES = 256 * 1024;

  private final FixedRecvByteBufAllocator fixed = new FixedRecvByteBufAllocator(SIZE_BYTES);
  private final LoopTurns turns;
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

  LoopReceiveBuffer(LoopTurns turns) {
    this.turns = turns;
    // One read, then the next connection: the holding back of a source is looked at in between.
    fixed.maxMessagesPerRead(1);
  }

  @Override
  public Handle newHandle() {
    return new DelegatingHandle(fixed.newHandle()) {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return take(allocator);
      }

      @Override
      public void lastBytesRead(int sizeBytes) {
        super.lastBytesRead(sizeBytes);
        turns.received(sizeBytes);
      }
    };
  }

  private ByteBuf take(ByteBufAllocator allocator) {
    if (buffer.capacity() == 0) {
      buffer = Unpooled.directBuffer(SIZE_BYTES, SIZE_BYTES);
    }
    return buffer.refCnt() == 1
        ? buffer.clear().retain()
        : allocator.directBuffer(SIZE_BYTES, SIZE_BYTES);
  }

  void release() {
    buffer.release();
    buffer = Unpooled.EMPTY_BUFFER;
  }
}
