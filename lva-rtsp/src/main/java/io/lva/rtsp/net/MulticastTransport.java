package io.lva.rtsp.net;

import io.lva.rtsp.message.TransportHeader;
import io.lva.rtsp.session.MediaTransport;
import io.lva.rtsp.session.TransportException;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Receives packets as datagrams sent to a multicast group that the camera names (RFC 2326 section
 * 12.39).
 *
 * <p>Confined to its media loop.
 */
final class MulticastTransport implements MediaTransport {
  private final NettyMediaLoop loop;
  private final InetAddress local;
  private final Receiver receiver;
  private final Map<Integer, Stream> streams = new HashMap<>();

  private record Stream(DatagramPair ports, InetSocketAddress reportsTo) {}

  MulticastTransport(NettyMediaLoop loop, InetAddress local, Receiver receiver) {
    this.loop = loop;
    this.local = local;
    this.receiver = receiver;
  }

  @Override
  public TransportHeader offer(int track) {
    loop.assertInLoop();
    return TransportHeader.multicast();
  }

  @Override
  public boolean accept(int track, Optional<TransportHeader> chosen) {
    loop.assertInLoop();
    if (chosen.isEmpty() || chosen.get().isInterleaved()) {
      return false;
    }
    Optional<TransportHeader.Ports> ports =
        chosen.get().ports("port").or(() -> chosen.get().ports("client_port"));
    byte[] literal =
        NetUtil.createByteArrayFromIpAddressString(
            chosen.get().parameters().getOrDefault("destination", ""));
    if (literal == null || ports.isEmpty()) {
      return false;
    }
    try {
      InetAddress group = InetAddress.getByAddress(literal);
      return group.isMulticastAddress() && join(track, group, ports.get());
    } catch (IOException e) {
      throw new TransportException("the multicast group cannot be joined: " + e.getMessage(), e);
    }
  }

  private boolean join(int track, InetAddress group, TransportHeader.Ports ports)
      throws IOException {
    NetworkInterface network = NetworkInterface.getByInetAddress(local);
    if (network == null) {
      throw new IOException("no network has the address of this side");
    }
    DatagramPair pair =
        DatagramPair.join(
            group,
            ports.rtp(),
            ports.rtcp(),
            network,
            loop,
            (control, datagram, source) ->
                DatagramPair.deliver(receiver, track, control, datagram));
    streams.put(track, new Stream(pair, new InetSocketAddress(group, ports.rtcp())));
    return true;
  }

  @Override
  public void report(int track, ByteBuffer report) {
    loop.assertInLoop();
    Stream stream = streams.get(track);
    if (stream != null) {
      stream.ports().rtcp().send(report, stream.reportsTo());
    }
  }

  @Override
  public void close() {
    loop.assertInLoop();
    streams.values().forEach(stream -> stream.ports().close());
    streams.clear();
  }
}
