package io.lva.rtsp.net;

import io.lva.rtsp.session.MediaTransport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The two ports of one stream: RTP on an even number, RTCP on the next one (RFC 3550 section 11).
 *
 * <p>Confined to its media loop.
 */
final class DatagramPair {
  private static final int ATTEMPTS = 64;

  private final DatagramPort rtp;
  private final DatagramPort rtcp;

  private DatagramPair(DatagramPort rtp, DatagramPort rtcp) {
    this.rtp = rtp;
    this.rtcp = rtcp;
  }

  /** Takes the datagrams of both ports. */
  interface Listener {
    void datagram(boolean control, ByteBuffer datagram, InetSocketAddress source);
  }

  /** Binds two free neighboring ports of this host. */
  static DatagramPair bind(InetAddress local, NettyMediaLoop loop, Listener listener)
      throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DatagramChannel first = DatagramChannel.open();
      DatagramChannel second = DatagramChannel.open();
      try {
        first.bind(new InetSocketAddress(local, 0));
        int port = first.socket().getLocalPort();
        if (port % 2 == 0 && port < 65535) {
          second.bind(new InetSocketAddress(local, port + 1));
          return of(first, second, loop, listener);
        }
      } catch (BindException e) {
        // The neighbour is in use: another pair is tried.
      }
      first.close();
      second.close();
    }
    throw new BindException("no two neighbouring UDP ports are free");
  }

  /** Joins a group on the two ports that a camera named. */
  static DatagramPair join(
      InetAddress group,
      int rtpPort,
      int rtcpPort,
      NetworkInterface network,
      NettyMediaLoop loop,
      Listener listener)
      throws IOException {
    DatagramChannel first = joined(group, rtpPort, network);
    try {
      return of(first, joined(group, rtcpPort, network), loop, listener);
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  private static DatagramChannel joined(InetAddress group, int port, NetworkInterface network)
      throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            group.getAddress().length == 4
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
      // Bound to the group, so that what comes to this port for other groups is not seen.
      channel.bind(new InetSocketAddress(group, port));
      channel.join(group, network);
      return channel;
    } catch (IOException | IllegalArgumentException e) {
      channel.close();
      throw e;
    }
  }

  private static DatagramPair of(
      DatagramChannel first, DatagramChannel second, NettyMediaLoop loop, Listener listener)
      throws IOException {
    DatagramPort rtp =
        DatagramPort.open(first, loop, (data, source) -> listener.datagram(false, data, source));
    return new DatagramPair(
        rtp,
        DatagramPort.open(second, loop, (data, source) -> listener.datagram(true, data, source)));
  }

  DatagramPort rtp() {
    return rtp;
  }

  DatagramPort rtcp() {
    return rtcp;
  }

  void close() {
    rtp.close();
    rtcp.close();
  }

  /** Hands a datagram on as a packet of a stream. */
  static void deliver(
      MediaTransport.Receiver receiver, int track, boolean control, ByteBuffer datagram) {
    if (datagram.hasRemaining()) {
      receiver.received(datagram.remaining());
      receiver.packet(track, control, datagram);
    }
  }
}
