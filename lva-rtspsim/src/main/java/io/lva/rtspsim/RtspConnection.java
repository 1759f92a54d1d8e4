package io.lva.rtspsim;

import io.lva.media.Ticks;
import io.lva.rtsp.message.RtspDecoder;
import io.lva.rtsp.message.RtspInbound;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspMessageWriter;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.TransportHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * One client: passes its requests on, writes the answers, and sends media after them.
 *
 * <p>Confined to its event loop.
 */
final class RtspConnection extends ChannelInboundHandlerAdapter
    implements RtspInbound, RtspRequests.Streams {
  private static final Logger LOG = System.getLogger(RtspConnection.class.getName());
  private static final RtspLimits LIMITS = new RtspLimits(8192, 64, 64 * 1024, 64 * 1024);

  private static final long MAXIMUM_UNREAD_BYTES = 1 << 20;

  private final SimulatorContext context;
  private final Channel channel;
  private final RtspDecoder decoder;
  private final RtspRequests handler;
  private final SplittableRandom random;
  private final LongConsumer tick = this::advance;
  private long lastHeardNanos;
  private int clockSteps;
  private boolean ending;
  private boolean continuing;

  RtspConnection(SimulatorContext context, Channel channel) {
    this.context = context;
    this.channel = channel;
    random = context.nextClient();
    decoder = new RtspDecoder(this, LIMITS);
    handler = new RtspRequests(context, this, random);
    lastHeardNanos = context.clock().nanoTime();
    clockSteps = context.clock().steps();
  }

  /** Puts a connection into the pipeline of a new channel. */
  static void install(SimulatorContext context, Channel channel) {
    RtspConnection connection = new RtspConnection(context, channel);
    channel.pipeline().addLast(connection.decoder, connection);
  }

  @Override
  public void channelActive(ChannelHandlerContext unused) {
    context.counters().connected();
    context.pacer(channel.eventLoop()).add(tick);
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    context.pacer(channel.eventLoop()).remove(tick);
    handler.sessions().forEach(this::stop);
    context.counters().disconnected();
  }

  @Override
  public void received(int sizeBytes) {
    lastHeardNanos = context.clock().nanoTime();
  }

  /**
   * Ignores receiver reports: their arrival keeps the session alive, and their content does not
   * matter.
   */
  @Override
  public void interleaved(int channelNumber, ByteBuffer data) {}

  @Override
  public void message(RtspMessage message) {
    if (message instanceof RtspRequest request && !ending && !context.faults().mute()) {
      write(handler.handle(request));
    }
  }

  @Override
  public void desynchronised(String found) {
    refuse();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    if (cause instanceof RtspParseException) {
      refuse();
    } else {
      Level level = cause instanceof IOException ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "connection from {0} ends: {1}", channel.remoteAddress(), cause);
      close();
    }
  }

  @Override
  public void assign(TransportHeader.Channels channels) {
    decoder.assign(channels.rtp());
    decoder.assign(channels.rtcp());
  }

  @Override
  public void play(ServerSession session) {
    if (session.playing()) {
      return;
    }
    long utcNanos = context.clock().utcNanos();
    boolean burst = context.delivery().burst();
    session.resume(utcNanos, burst);
    MediaSource.Start start = session.source().start(utcNanos, burst);
    session
        .channels()
        .forEach(
            (track, channels) ->
                session.playouts().computeIfAbsent(track, number -> start(session, number, start)));
    session.play();
    context.counters().playing(1);
    channel.eventLoop().execute(() -> begin(session));
  }

  @Override
  public void stop(ServerSession session) {
    if (session.playing()) {
      session.pause();
      context.counters().playing(-1);
    }
  }

  private Playout start(ServerSession session, int number, MediaSource.Start start) {
    MediaTrack track = session.source().tracks().get(number);
    TransportHeader.Channels channels =
        Objects.requireNonNull(session.channels().get(number), "a track that is set up");
    RtpStream stream =
        new RtpStream(
            new InterleavedOutput(channel, channels),
            context.faults(),
            context.counters(),
            random.split(),
            number,
            track.clockRate(),
            Ticks.convert(start.lineNanos(), Ticks.NANOS_PER_SECOND, track.clockRate()));
    return new Playout(
        track, start, stream, context.faults(), context.counters(), context.delivery().paced());
  }

  private void begin(ServerSession session) {
    if (session.playing()) {
      long utcNanos = context.clock().utcNanos();
      session.report(utcNanos);
      advance(utcNanos);
    }
  }

  private void advance(long utcNanos) {
    followClock(utcNanos);
    for (ServerSession session : handler.sessions()) {
      if (session.playing()) {
        advance(session, utcNanos);
      }
    }
    long silentNanos = context.clock().nanoTime() - lastHeardNanos;
    if (silentNanos > context.delivery().sessionTimeout().toNanos()) {
      LOG.log(Level.DEBUG, "client {0} is silent: forgotten", channel.remoteAddress());
      close();
    }
  }

  /**
   * Resumes the sessions after a step of the clock: the pattern continues at the new time, files
   * continue from their current position.
   */
  private void followClock(long utcNanos) {
    if (clockSteps != context.clock().steps()) {
      clockSteps = context.clock().steps();
      for (ServerSession session : handler.sessions()) {
        session.resume(utcNanos, false);
      }
    }
  }

  private void advance(ServerSession session, long utcNanos) {
    try {
      List<Playout.Outcome> outcomes = session.advance(utcNanos);
      if (outcomes.contains(Playout.Outcome.STALLED)) {
        LOG.log(Level.INFO, "client {0} takes nothing: dropped", channel.remoteAddress());
        close();
      } else if (outcomes.contains(Playout.Outcome.MORE)) {
        goOn();
      }
    } catch (UncheckedIOException failed) {
      LOG.log(Level.WARNING, "cannot read media: {0}", failed.getMessage());
      close();
    }
  }

  /** Schedules one more round for all sessions, after the loop has served others. */
  private void goOn() {
    if (!continuing) {
      continuing = true;
      channel
          .eventLoop()
          .execute(
              () -> {
                continuing = false;
                advance(context.clock().utcNanos());
              });
    }
  }

  private void refuse() {
    if (!ending) {
      write(RtspResponse.of(400, "Bad Request"));
      ending = true;
      var unused =
          channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Writes an answer, and closes the connection when too many answers pile up unread by the client.
   */
  private void write(RtspResponse response) {
    if (channel.bytesBeforeWritable() > MAXIMUM_UNREAD_BYTES) {
      close();
      return;
    }
    ByteBuf buffer = channel.alloc().buffer(512);
    RtspMessageWriter.write(response, buffer);
    var unused = channel.writeAndFlush(buffer, channel.voidPromise());
  }

  private void close() {
    var unused = channel.close();
  }
}
