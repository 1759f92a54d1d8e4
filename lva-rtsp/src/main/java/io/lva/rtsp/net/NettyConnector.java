package io.lva.rtsp.net;

import io.lva.rtp.Deviations;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.session.Authenticator;
import io.lva.rtsp.session.RtspConnector;
import io.lva.rtsp.session.RtspSessionListener;
import io.lva.spi.MediaLoop;
import java.util.function.BooleanSupplier;

/**
 * Opens connections through Netty.
 *
 * <p>Confined to its media loop.
 */
final class NettyConnector implements RtspConnector {
  private final NettyMediaLoop loop;
  private final BooleanSupplier hasRoom;

  private NettyConnector(NettyMediaLoop loop, BooleanSupplier hasRoom) {
    this.loop = loop;
    this.hasRoom = hasRoom;
  }

  /**
   * Creates a connector.
   *
   * @param loop a loop of a {@link NettyLoopGroup}
   * @param hasRoom asked after each read from a connection whose clock is trusted; while it returns
   *     false, the connection is not read
   * @throws IllegalArgumentException when the loop does not belong to a {@link NettyLoopGroup}
   */
  static NettyConnector of(MediaLoop loop, BooleanSupplier hasRoom) {
    if (loop instanceof NettyMediaLoop netty) {
      return new NettyConnector(netty, hasRoom);
    }
    throw new IllegalArgumentException("the RTSP source needs the loops of NettyLoopGroup");
  }

  @Override
  public Link open(
      RtspOptions options,
      RtspSessionListener listener,
      Authenticator authenticator,
      Deviations deviations) {
    BooleanSupplier room = options.cameraClock() ? hasRoom : () -> true;
    NettyConnection connection =
        new NettyConnection(loop, options, listener, room, authenticator, deviations);
    connection.open();
    return connection;
  }
}
