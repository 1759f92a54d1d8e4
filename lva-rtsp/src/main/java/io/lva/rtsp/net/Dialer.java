package io.lva.rtsp.net;

import io.lva.rtsp.RtspUrl;
import io.lva.spi.MediaLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one TCP connection: looks up the host and tries its addresses one after the other, all
 * within one time limit. If TLS is wanted, it then performs the handshake, for which another time
 * limit of the same length begins.
 *
 * <p>Confined to its media loop.
 */
// The result of each future is taken by a listener.
@SuppressWarnings("FutureReturnValueIgnored")
final class Dialer {
  private final NettyMediaLoop loop;
  private final RtspUrl url;
  private final int port;
  private final Duration timeout;
  private final ChannelInitializer<Channel> pipeline;
  private final Listener result;
  private final Deque<InetAddress> addresses = new ArrayDeque<>();
  private @Nullable Channel channel;
  private long deadlineNanos;
  private boolean stopped;

  /** Takes the result, once. */
  interface Listener {
    /** Takes the connection that was made. */
    void connected(Channel channel);

    /** Notes that the connection could not be made. */
    void failed(Throwable cause);
  }

  Dialer(
      NettyMediaLoop loop,
      RtspUrl url,
      int port,
      Duration timeout,
      Consumer<Channel> pipeline,
      Listener result) {
    this.loop = loop;
    this.url = url;
    this.port = port;
    this.timeout = timeout;
    this.result = result;
    this.pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel made) {
            pipeline.accept(made);
          }
        };
  }

  void dial() {
    loop.assertInLoop();
    deadlineNanos = loop.clock().nanoTime() + timeout.toNanos();
    InetAddress literal = NetUtil.createInetAddressFromIpAddressString(url.host());
    if (literal != null) {
      addresses.add(literal);
      loop.execute(() -> connectNext(new ConnectException("no address")));
    } else {
      resolve(url.host());
    }
  }

  /** Gives up. Returns true when no connection was begun, so that there is none to close. */
  boolean stop() {
    loop.assertInLoop();
    stopped = true;
    if (channel != null) {
      channel.close();
    }
    return channel == null;
  }

  /** Looks up the name on another thread, because the lookup blocks. */
  private void resolve(String host) {
    CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
    try {
      loop.resolver()
          .execute(
              () -> {
                try {
                  lookup.complete(InetAddress.getAllByName(host));
                } catch (UnknownHostException | SecurityException e) {
                  lookup.completeExceptionally(new UnknownHostException(host));
                }
              });
    } catch (RejectedExecutionException e) {
      lookup.completeExceptionally(new UnknownHostException(host));
    }
    MediaLoop.Timer limit =
        loop.schedule(
            timeout, () -> lookup.completeExceptionally(new ConnectException("look-up timed out")));
    lookup.whenCompleteAsync(
        (found, error) -> {
          limit.cancel();
          if (error != null) {
            fail(error);
          } else {
            addresses.addAll(Arrays.asList(found));
            connectNext(new UnknownHostException(host));
          }
        },
        loop);
  }

  private void connectNext(Throwable lastError) {
    InetAddress address = addresses.poll();
    long leftNanos = deadlineNanos - loop.clock().nanoTime();
    if (address == null || leftNanos <= 0 || stopped) {
      fail(lastError);
      return;
    }
    // An address that does not answer leaves time for the others.
    long shareNanos = leftNanos / (addresses.size() + 1);
    int timeoutMillis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(shareNanos));
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
            .option(ChannelOption.RECVBUF_ALLOCATOR, loop.receiveBuffer())
            .handler(pipeline)
            .connect(new InetSocketAddress(address, port));
    channel = connecting.channel();
    connecting.addListener(
        future -> {
          if (!future.isSuccess()) {
            connectNext(future.cause());
          } else {
            shakeHands(connecting.channel());
          }
        });
  }

  private void shakeHands(Channel connection) {
    SslHandler tls = connection.pipeline().get(SslHandler.class);
    if (tls == null) {
      finish(connection);
      return;
    }
    tls.handshakeFuture()
        .addListener(
            future -> {
              if (future.isSuccess()) {
                finish(connection);
              } else {
                connection.close();
                fail(future.cause());
              }
            });
  }

  private void finish(Channel connection) {
    if (stopped) {
      connection.close();
    } else {
      result.connected(connection);
    }
  }

  private void fail(Throwable error) {
    result.failed(error);
  }
}
