package io.lva.rtspsim;

import io.lva.rtsp.message.TransportHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * Sends packets within the RTSP connection (RFC 2326 section 10.12), a batch at a time.
 *
 * <p>Confined to the event loop of the client.
 */
final class InterleavedOutput implements PacketOutput {
  static final int FRAME_HEADER_BYTES = 4;

  private final Channel channel;
  private final TransportHeader.Channels channels;
  private Optional<ByteBuf> batch = Optional.empty();

  InterleavedOutput(Channel channel, TransportHeader.Channels channels) {
    this.channel = channel;
    this.channels = channels;
  }

  @Override
  public void begin(int sizeBytes, int packets) {
    flush();
    batch = Optional.of(channel.alloc().buffer(sizeBytes + packets * FRAME_HEADER_BYTES));
  }

  @Override
  public ByteBuf packet(boolean control, int sizeBytes) {
    ByteBuf buffer = batch.orElseThrow();
    buffer.writeByte('$').writeByte(control ? channels.rtcp() : channels.rtp());
    return buffer.writeShort(sizeBytes);
  }

  @Override
  public void flush() {
    if (batch.isPresent()) {
      var unused = channel.writeAndFlush(batch.get(), channel.voidPromise());
      batch = Optional.empty();
    }
  }

  /** Returns true even for a closed channel, which takes everything and drops it. */
  @Override
  public boolean ready() {
    return channel.isWritable() || !channel.isActive();
  }
}
