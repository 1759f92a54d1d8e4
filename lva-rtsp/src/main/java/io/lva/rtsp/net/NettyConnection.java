package io.lva.rtsp.net;

import io.lva.graph.Transport;
import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.message.RtspDecoder;
import io.lva.rtsp.message.RtspInbound;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspMessageWriter;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.session.Authenticator;
import io.lva.rtsp.session.InterleavedTransport;
import io.lva.rtsp.session.MediaTransport;
import io.lva.rtsp.session.RtspConnector;
import io.lva.rtsp.session.RtspSession;
import io.lva.rtsp.session.RtspSessionListener;
import io.lva.rtsp.session.RtspWire;
import io.lva.rtsp.session.SessionFailures;
import io.lva.spi.MediaLoop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a camera that carries an {@link RtspSession}: plain, over TLS, or through a
 * tunnel of two HTTP connections.
 *
 * <p>Confined to its media loop.
 */
// What fails reaches the handler: writes through their void promise, a close through the channel's
// end.
@SuppressWarnings("FutureReturnValueIgnored")
final class NettyConnection
    implements RtspWire, RtspConnector.Link, InterleavedTransport.Frames, RtspInbound {
  private static final System.Logger LOGGER = System.getLogger(NettyConnection.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LINGER = Duration.ofMillis(300);
  private static final Duration ROOM_POLL = Duration.ofMillis(5);

  /** How long to wait for the first datagram; if none comes within this time, none ever will. */
  private static final Duration DATAGRAM_PATIENCE = Duration.ofSeconds(3);

  private final NettyMediaLoop loop;
  private final RtspOptions options;
  private final RtspSessionListener listener;
  private final BooleanSupplier hasRoom;
  private final Authenticator authenticator;
  private final Deviations deviations;
  private final @Nullable HttpTunnel tunnel;
  private final RtspDecoder decoder = new RtspDecoder(this, RtspLimits.DEFAULT);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Dialer dialer;
  private @Nullable Channel reading;
  private @Nullable Channel writing;
  private @Nullable RtspSession session;
  private @Nullable InterleavedTransport interleaved;
  private MediaLoop.@Nullable Timer ticker;
  private boolean stopped;

  NettyConnection(
      NettyMediaLoop loop,
      RtspOptions options,
      RtspSessionListener listener,
      BooleanSupplier hasRoom,
      Authenticator authenticator,
      Deviations deviations) {
    this.loop = loop;
    this.options = options;
    this.listener = listener;
    this.hasRoom = hasRoom;
    this.authenticator = authenticator;
    this.deviations = deviations;
    this.tunnel =
        options.transport() == Transport.HTTP ? new HttpTunnel(options.url(), authenticator) : null;
  }

  /** Begins to connect. */
  void open() {
    loop.assertInLoop();
    authenticator.connected();
    dial(this::connected);
  }

  private void dial(java.util.function.Consumer<Channel> next) {
    int port = tunnel == null ? options.url().port() : HttpTunnel.port(options.url());
    dialer =
        new Dialer(
            loop,
            options.url(),
            port,
            options.connectTimeout(),
            made -> prepare(made, port),
            new Dialer.Listener() {
              @Override
              public void connected(Channel channel) {
                next.accept(channel);
              }

              @Override
              public void failed(Throwable cause) {
                fail(new SessionFailures(options.url()).connect(cause, options.connectTimeout()));
              }
            });
    dialer.dial();
  }

  private void prepare(Channel channel, int port) {
    if (options.url().isSecure()) {
      try {
        channel
            .pipeline()
            .addLast(
                TlsClient.handler(
                    options.url(),
                    port,
                    options.trust(),
                    options.connectTimeout(),
                    channel.alloc()));
      } catch (SSLException e) {
        channel.pipeline().fireExceptionCaught(e);
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    channel.pipeline().addLast(new ConnectionHandler());
  }

  private void connected(Channel channel) {
    reading = channel;
    channel.pipeline().addBefore(channel.pipeline().lastContext().name(), "rtsp", decoder);
    if (tunnel == null) {
      begin(channel, channel);
    } else {
      tunnel.get(channel);
    }
  }

  private void begin(Channel incoming, Channel outgoing) {
    writing = outgoing;
    InetSocketAddress local = (InetSocketAddress) incoming.localAddress();
    InetSocketAddress camera = (InetSocketAddress) incoming.remoteAddress();
    boolean datagrams =
        options.transport() == Transport.UDP || options.transport() == Transport.MULTICAST;
    RtspSession begun =
        new RtspSession(
            options,
            loop,
            this,
            receiver -> transport(receiver, local, camera),
            datagrams ? DATAGRAM_PATIENCE : options.mediaTimeout(),
            listener,
            authenticator,
            deviations);
    session = begun;
    ticker = loop.schedule(TICK, this::tick);
    begun.connected();
  }

  private MediaTransport transport(
      MediaTransport.Receiver receiver, InetSocketAddress local, InetSocketAddress camera) {
    return switch (options.transport()) {
      case UDP ->
          new UdpTransport(loop, local.getAddress(), camera.getAddress(), receiver, deviations);
      case MULTICAST -> new MulticastTransport(loop, local.getAddress(), receiver);
      case TCP, HTTP, AUTO -> {
        InterleavedTransport made = new InterleavedTransport(this, receiver, deviations);
        interleaved = made;
        yield made;
      }
    };
  }

  /** Takes the answer to the GET of a tunnel, which comes before the session begins. */
  private void tunnelAnswered(HttpTunnel opened, RtspResponse response) {
    Channel incoming = reading;
    if (response.status() == 200 && incoming != null) {
      dial(
          outgoing -> {
            opened.post(outgoing);
            begin(incoming, outgoing);
          });
    } else if (opened.challenged(response)) {
      fail(new SessionFailures(options.url()).closedWithChallenge("GET"));
    } else {
      fail(new SessionFailures(options.url()).noTunnel(response, authenticator));
    }
  }

  private void tick() {
    ticker = loop.schedule(TICK, this::tick);
    if (session != null) {
      if (reading != null && !reading.config().isAutoRead()) {
        session.heldBack();
      }
      session.tick();
    }
  }

  private void fail(RtspFailure failure) {
    if (!stopped) {
      stopped = true;
      listener.ended(failure);
    }
    close();
    closed.complete(null);
  }

  private void checkRoom(Channel connection) {
    if (connection == reading && !hasRoom.getAsBoolean()) {
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
    loop.assertInLoop();
    if (!stopped) {
      stopped = true;
      if (session != null && reading != null && reading.isActive()) {
        session.stop();
      } else {
        close();
        if (dialer == null || dialer.stop()) {
          closed.complete(null);
        }
      }
    }
    return closed;
  }

  @Override
  public void received(int sizeBytes) {
    loop.assertInLoop();
    if (session != null) {
      session.received(sizeBytes);
    }
  }

  @Override
  public void interleaved(int channel, ByteBuffer data) {
    loop.assertInLoop();
    if (interleaved != null) {
      interleaved.frame(channel, data);
    } else {
      deviations.note(
          Deviation.FRAMES_NOT_AGREED_ON, "{0} bytes on channel {1}", data.remaining(), channel);
    }
  }

  @Override
  public void message(RtspMessage message) {
    loop.assertInLoop();
    if (session != null) {
      session.message(message);
    } else if (tunnel != null && message instanceof RtspResponse response) {
      tunnelAnswered(tunnel, response);
    }
  }

  @Override
  public void note(Deviation deviation, String evidence, long first, long second) {
    deviations.note(deviation, evidence, first, second);
  }

  @Override
  public void desynchronised(String found) {
    loop.assertInLoop();
    if (session != null) {
      session.desynchronised(found);
    }
  }

  /**
   * Sends a message, unless the peer does not read what was sent before: answers to its requests
   * must not pile up.
   */
  @Override
  public void send(RtspMessage message) {
    loop.assertInLoop();
    if (writing != null && writing.isWritable()) {
      ByteBuf buffer = writing.alloc().buffer(512);
      RtspMessageWriter.write(message, buffer);
      write(writing, buffer);
    }
  }

  @Override
  public void sendInterleaved(int channel, ByteBuffer data) {
    loop.assertInLoop();
    if (writing != null && writing.isWritable()) {
      ByteBuf buffer = writing.alloc().buffer(4 + data.remaining());
      buffer.writeByte('$').writeByte(channel).writeShort(data.remaining());
      write(writing, buffer.writeBytes(data));
    }
  }

  private void write(Channel channel, ByteBuf buffer) {
    channel.writeAndFlush(
        tunnel == null ? buffer : HttpTunnel.encode(buffer), channel.voidPromise());
  }

  @Override
  public void assign(int channel) {
    loop.assertInLoop();
    decoder.assign(channel);
  }

  @Override
  public void finish() {
    loop.assertInLoop();
    loop.schedule(LINGER, this::close);
  }

  @Override
  public void close() {
    loop.assertInLoop();
    if (writing != null) {
      writing.close();
    }
    if (reading != null) {
      reading.close();
    }
  }

  private void ended(boolean orderly) {
    if (ticker != null) {
      ticker.cancel();
    }
    if (session != null) {
      session.disconnected(orderly);
      close();
      closed.complete(null);
    } else {
      fail(new SessionFailures(options.url()).closedEarly());
    }
  }

  /** Handles the events of a connection, behind the decoder in its pipeline. */
  private final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private boolean orderly = true;

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      checkRoom(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (context.channel() == reading || context.channel() == writing) {
        ended(orderly);
      } else if (stopped) {
        closed.complete(null);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      orderly = false;
      Throwable root = cause.getCause() == null ? cause : cause.getCause();
      if (cause instanceof RtspParseException unreadable && session != null) {
        session.unreadable(unreadable);
      } else if (!(cause instanceof IOException) && !(root instanceof IOException)) {
        LOGGER.log(Level.ERROR, "connection to " + options.url() + " given up", cause);
      }
      context.close();
    }
  }
}
