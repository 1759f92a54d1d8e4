package io.lva.rtsp.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One bound UDP port, read on a media loop into the buffer that all ports of the loop share: a
 * datagram costs one system call and no allocation.
 *
 * <p>Confined to its media loop.
 */
final class DatagramPort extends NioSelectableChannelIoHandle<DatagramChannel> {
  /**
   * The receive buffer to ask for; it can hold the key frame of a 4K camera, some 2 MiB, while the
   * loop is busy.
   */
  static final int WANTED_BUFFER_BYTES = 4 << 20;

  private static final System.Logger LOGGER = System.getLogger(DatagramPort.class.getName());

  /** How many datagrams are read before the other sockets of the loop get their turn. */
  private static final int BATCH = 256;

  private final DatagramChannel channel;
  private final ByteBuffer buffer;
  private final Listener listener;
  private @Nullable IoRegistration registration;
  private boolean closed;

  /** Takes datagrams. */
  interface Listener {
    /** Takes one datagram, which is valid only during the call. */
    void datagram(ByteBuffer datagram, InetSocketAddress source);
  }

  private DatagramPort(DatagramChannel channel, ByteBuffer buffer, Listener listener) {
    super(channel);
    this.channel = channel;
    this.buffer = buffer;
    this.listener = listener;
  }

  /** Begins to read a bound channel, which is closed together with the port. */
  static DatagramPort open(DatagramChannel channel, NettyMediaLoop loop, Listener listener)
      throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, WANTED_BUFFER_BYTES);
    DatagramPort port = new DatagramPort(channel, loop.datagramBuffer(), listener);
    ((IoEventLoop) loop.eventLoop())
        .register(port)
        .addListener(
            future -> {
              if (future.isSuccess()) {
                port.registered((IoRegistration) future.getNow());
              } else {
                LOGGER.log(Level.ERROR, "a UDP port is not read", future.cause());
              }
            });
    return port;
  }

  private void registered(IoRegistration made) {
    registration = made;
    if (closed) {
      made.cancel();
    } else {
      made.submit(NioIoOps.READ);
    }
  }

  @Override
  protected void handle(DatagramChannel readable, SelectionKey key) {
    try {
      for (int i = 0; i < BATCH && !closed; i++) {
        SocketAddress source = readable.receive(buffer.clear());
        if (source == null) {
          return;
        }
        listener.datagram(buffer.flip(), (InetSocketAddress) source);
      }
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "a UDP port was not read", e);
    }
  }

  /**
   * Sends a datagram. If the kernel does not take it, it is lost, as it might be on the network.
   */
  void send(ByteBuffer datagram, SocketAddress target) {
    try {
      channel.send(datagram, target);
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "a datagram was not sent", e);
    }
  }

  /** Returns the local port. */
  int number() {
    return channel.socket().getLocalPort();
  }

  /** Returns the size of the kernel's receive buffer for this port; 0 when it is unknown. */
  int bufferBytes() {
    try {
      return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    closed = true;
    if (registration != null) {
      registration.cancel();
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "a UDP port was not closed", e);
    }
  }
}
