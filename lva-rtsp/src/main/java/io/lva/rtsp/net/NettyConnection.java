package io.lva.rtsp.net;

import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.message.RtspDecoder;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspMessageWriter;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.session.Authenticator;
import io.lva.rtsp.session.Deviations;
import io.lva.rtsp.session.Failures;
import io.lva.rtsp.session.RtspConnector;
import io.lva.rtsp.session.RtspSession;
import io.lva.rtsp.session.RtspSessionListener;
import io.lva.rtsp.session.RtspWire;
import io.lva.spi.MediaLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One TCP connection to a camera: resolves, connects, and carries an {@link RtspSession}.
 *
 * <p>Confined to its media loop.
 */
// What fails reaches the handler: writes through their void promise, a close through the channel's
// end.
@SuppressWarnings("FutureReturnValueIgnored")
final class NettyConnection implements RtspWire, RtspConnector.Link {
  private static final System.Logger LOGGER = System.getLogger(NettyConnection.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LINGER = Duration.ofMillis(300);
  private static final Duration ROOM_POLL = Duration.ofMillis(5);

  private final NettyMediaLoop loop;
  private final RtspOptions options;
  private final RtspSessionListener listener;
  private final BooleanSupplier hasRoom;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Deque<InetAddress> addresses = new ArrayDeque<>();
  private Optional<RtspSession> session = Optional.empty();
  private Optional<RtspDecoder> decoder = Optional.empty();
  private Optional<Channel> channel = Optional.empty();
  private Optional<MediaLoop.Timer> ticker = Optional.empty();
  private long deadlineNanos;
  private boolean stopped;

  NettyConnection(
      NettyMediaLoop loop,
      RtspOptions options,
      RtspSessionListener listener,
      BooleanSupplier hasRoom) {
    this.loop = loop;
    this.options = options;
    this.listener = listener;
    this.hasRoom = hasRoom;
  }

  /** Begins to connect. */
  void open(Authenticator authenticator, Deviations deviations) {
    RtspSession opened =
        new RtspSession(options, loop.clock(), this, listener, authenticator, deviations);
    session = Optional.of(opened);
    decoder = Optional.of(new RtspDecoder(opened, RtspLimits.DEFAULT));
    deadlineNanos = loop.clock().nanoTime() + options.connectTimeout().toNanos();
    String host = options.url().host();
    InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
    if (literal != null) {
      addresses.add(literal);
      loop.execute(() -> connectNext(new ConnectException("no address")));
    } else {
      resolve(host);
    }
  }

  /** Looks the name up elsewhere: it blocks. */
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
    MediaLoop.Timer timeout =
        loop.schedule(
            options.connectTimeout(),
            () -> lookup.completeExceptionally(new ConnectException("look-up timed out")));
    lookup.whenCompleteAsync(
        (found, error) -> {
          timeout.cancel();
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
            .handler(new ConnectionHandler())
            .connect(new InetSocketAddress(address, options.url().port()));
    channel = Optional.of(connecting.channel());
    connecting.addListener(
        future -> {
          if (future.isSuccess()) {
            connected(connecting.channel());
          } else {
            connectNext(future.cause());
          }
        });
  }

  private void connected(Channel connection) {
    if (stopped) {
      connection.close();
      return;
    }
    connection.pipeline().addFirst(decoder.orElseThrow());
    ticker = Optional.of(loop.schedule(TICK, this::tick));
    session.orElseThrow().connected();
  }

  private void tick() {
    ticker = Optional.of(loop.schedule(TICK, this::tick));
    boolean reading = channel.map(connection -> connection.config().isAutoRead()).orElse(true);
    if (!reading) {
      session.ifPresent(RtspSession::heldBack);
    }
    session.ifPresent(RtspSession::tick);
  }

  private void fail(Throwable error) {
    if (!stopped) {
      stopped = true;
      listener.ended(new Failures(options.url()).connect(error, options.connectTimeout()));
    }
    closed.complete(null);
  }

  private void checkRoom(Channel connection) {
    if (!hasRoom.getAsBoolean()) {
      connection.config().setAutoRead(false);
      loop.schedule(ROOM_POLL, () -> pollRoom(connection));
    }
  }

  private void pollRoom(Channel connection) {
    if (!connection.isActive()) {
      return;
    }
    if (stopped || hasRoom.getAsBoolean()) {
      connection.config().setAutoRead(true);
    } else {
      loop.schedule(ROOM_POLL, () -> pollRoom(connection));
    }
  }

  @Override
  public CompletionStage<Void> stop() {
    if (!stopped) {
      stopped = true;
      if (channel.isEmpty()) {
        closed.complete(null);
      } else if (channel.get().isActive()) {
        session.ifPresent(RtspSession::stop);
      } else {
        channel.get().close();
      }
    }
    return closed;
  }

  /** Sends, unless the peer leaves unread what it got: answers to its requests must not pile up. */
  @Override
  public void send(RtspMessage message) {
    if (channel.isPresent() && channel.get().isWritable()) {
      ByteBuf buffer = channel.get().alloc().buffer(512);
      RtspMessageWriter.write(message, buffer);
      channel.get().writeAndFlush(buffer, channel.get().voidPromise());
    }
  }

  @Override
  public void sendInterleaved(int interleavedChannel, ByteBuffer data) {
    if (channel.isPresent() && channel.get().isWritable()) {
      ByteBuf buffer = channel.get().alloc().buffer(4 + data.remaining());
      buffer.writeByte('$').writeByte(interleavedChannel).writeShort(data.remaining());
      channel.get().writeAndFlush(buffer.writeBytes(data), channel.get().voidPromise());
    }
  }

  @Override
  public void assign(int interleavedChannel) {
    decoder.ifPresent(known -> known.assign(interleavedChannel));
  }

  @Override
  public void finish() {
    loop.schedule(LINGER, this::close);
  }

  @Override
  public void close() {
    channel.ifPresent(Channel::close);
  }

  /** Looks after the connection, behind the decoder. */
  private final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private boolean orderly = true;

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      checkRoom(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ticker.ifPresent(MediaLoop.Timer::cancel);
      session.ifPresent(ending -> ending.disconnected(orderly));
      closed.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      orderly = false;
      if (cause instanceof RtspParseException unreadable) {
        session.ifPresent(ending -> ending.unreadable(unreadable));
      } else if (!(cause instanceof IOException)) {
        LOGGER.log(Level.ERROR, "connection to " + options.url() + " given up", cause);
      }
      context.close();
    }
  }
}
