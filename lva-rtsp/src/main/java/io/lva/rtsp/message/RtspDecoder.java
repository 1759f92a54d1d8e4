package io.lva.rtsp.message;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * Decodes what arrives on either side of an RTSP connection: interleaved frames are handed on in
 * place, messages as values.
 *
 * <p>Releases every buffer before it returns. Between reads it holds at most the beginning of one
 * frame, in a buffer of the size of that frame, so that an idle connection does not pin a receive
 * buffer. When it can make no sense of a stream, it throws an {@link RtspParseException} into the
 * pipeline.
 *
 * <p>Confined to its media loop.
 */
public final class RtspDecoder extends ChannelInboundHandlerAdapter {
  private final RtspInbound inbound;
  private final RtspStreamSplitter splitter;
  private Optional<ByteBuf> tail = Optional.empty();

  /**
   * Creates a decoder for one connection.
   *
   * @param inbound takes what arrives
   * @param limits how much the peer may send
   */
  public RtspDecoder(RtspInbound inbound, RtspLimits limits) {
    this.inbound = inbound;
    this.splitter = new RtspStreamSplitter(inbound, limits);
  }

  /**
   * Names a channel on which frames are expected, which helps to find the next frame in a damaged
   * stream.
   *
   * @param channel 0 to 255
   */
  public void assign(int channel) {
    splitter.assign(channel);
  }

  /**
   * Decodes what was received.
   *
   * @param context of this handler
   * @param message if it is a buffer, it is decoded and released here; otherwise it is passed on
   */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf input)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      if (input.isReadable()) {
        inbound.received(input.readableBytes());
        completeTail(input);
        splitter.consume(input);
        keepRest(context, input);
      }
    } finally {
      input.release();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    dropTail();
  }

  private void completeTail(ByteBuf input) {
    if (tail.isEmpty()) {
      return;
    }
    ByteBuf begun = tail.get();
    while (begun.isReadable() && input.isReadable()) {
      begun.writeBytes(input, Math.min(splitter.missingBytes(begun), input.readableBytes()));
      splitter.consume(begun);
    }
    if (!begun.isReadable()) {
      dropTail();
    }
  }

  private void dropTail() {
    tail.ifPresent(ByteBuf::release);
    tail = Optional.empty();
  }

  private void keepRest(ChannelHandlerContext context, ByteBuf input) {
    int rest = input.readableBytes();
    if (rest == 0) {
      return;
    }
    int capacity = rest + splitter.missingBytes(input);
    ByteBuf begun = tail.orElseGet(() -> context.alloc().buffer(capacity));
    tail = Optional.of(begun.writeBytes(input));
  }
}
