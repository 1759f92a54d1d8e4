package io.lva.rtspsim;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The port, the connections and the threads of a simulator. The port can be closed for a while.
 *
 * <p>Thread-safe.
 */
final class SimulatorServer implements AutoCloseable {
  private static final long RETRY_MILLIS = 100;

  private final SimulatorContext context;
  private final Options options;
  private final EventLoopGroup group;
  private final ServerBootstrap bootstrap;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final InetSocketAddress address;

  @GuardedBy("this")
  private Channel listener;

  /**
   * Counts how often the port was closed; a reopening that was scheduled before the latest closing
   * is out of date.
   */
  @GuardedBy("this")
  private int changes;

  /** The limits of a server. */
  record Options(int threads, int maximumConnections, int clientBufferBytes) {}

  SimulatorServer(SimulatorContext context, Options options, InetSocketAddress local)
      throws IOException {
    this.context = context;
    this.options = options;
    group =
        new MultiThreadIoEventLoopGroup(
            options.threads,
            new DefaultThreadFactory("lva-camera", true),
            NioIoHandler.newFactory());
    bootstrap = bootstrap();
    ChannelFuture future = bootstrap.bind(local).awaitUninterruptibly();
    if (!future.isSuccess()) {
      endThreads();
      String where = local.getHostString() + ":" + local.getPort();
      String why = future.cause().getMessage();
      throw new IOException("cannot listen on " + where + ": " + why, future.cause());
    }
    listener = future.channel();
    address = (InetSocketAddress) listener.localAddress();
  }

  InetSocketAddress address() {
    return address;
  }

  void dropConnections() {
    connections.close().awaitUninterruptibly();
  }

  /** Closes the port and all connections at once, and opens the port again after a while. */
  void shut(Duration duration) {
    int change = closePort();
    dropConnections();
    openLater(change, duration.toMillis());
  }

  @Override
  public void close() {
    closePort();
    dropConnections();
    endThreads();
  }

  private ServerBootstrap bootstrap() {
    int limit = options.clientBufferBytes;
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(limit / 2, limit))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                accept(channel);
              }
            });
  }

  private void accept(Channel channel) {
    if (context.counters().open() >= options.maximumConnections) {
      var unused = channel.close();
      return;
    }
    connections.add(channel);
    RtspConnection.install(context, channel);
  }

  /**
   * Closes the port and returns the number of this change. The lock is not held while waiting,
   * because the event loop may need it.
   */
  private int closePort() {
    Channel current;
    int change;
    synchronized (this) {
      change = ++changes;
      current = listener;
    }
    current.close().awaitUninterruptibly();
    return change;
  }

  private void openLater(int change, long delayMillis) {
    var unused = group.next().schedule(() -> open(change), delayMillis, TimeUnit.MILLISECONDS);
  }

  private void open(int change) {
    if (!isCurrent(change) || group.isShuttingDown()) {
      return;
    }
    bootstrap
        .bind(address)
        .addListener(
            (ChannelFuture future) -> {
              if (future.isSuccess()) {
                opened(change, future.channel());
              } else {
                openLater(change, RETRY_MILLIS);
              }
            });
  }

  private synchronized boolean isCurrent(int change) {
    return change == changes;
  }

  private synchronized void opened(int change, Channel opened) {
    if (change == changes) {
      listener = opened;
    } else {
      var unused = opened.close();
    }
  }

  private void endThreads() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
