package io.lva.rtsp.net;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.message.TransportHeader;
import io.lva.rtsp.session.MediaTransport;
import io.lva.rtsp.session.TransportException;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives packets as datagrams sent to two ports of this host per stream (RFC 2326 section 10.4).
 *
 * <p>Confined to its media loop.
 */
final class UdpTransport implements MediaTransport {
  /** A key frame of a 4K camera may not fit into a smaller buffer. */
  private static final int SMALL_BUFFER_BYTES = 1 << 20;

  private static final byte[] EMPTY_RTP = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final byte[] EMPTY_REPORT = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 0};

  private final NettyMediaLoop loop;
  private final InetAddress local;
  private final InetAddress camera;
  private final Receiver receiver;
  private final Deviations deviations;
  private final Map<Integer, Stream> streams = new HashMap<>();

  /** The ports of one stream, and where the camera sends from. */
  private final class Stream implements DatagramPair.Listener {
    private final int track;
    private final DatagramPair ports;
    private InetAddress source = camera;
    private @Nullable InetSocketAddress reportsTo;
    private long drops;

    Stream(int track) throws IOException {
      this.track = track;
      this.ports = DatagramPair.bind(local, loop, this);
    }

    @Override
    public void datagram(boolean control, ByteBuffer datagram, InetSocketAddress from) {
      loop.assertInLoop();
      InetAddress address = from.getAddress();
      if (address.equals(source) || address.equals(camera)) {
        DatagramPair.deliver(receiver, track, control, datagram);
      } else {
        deviations.note(
            Deviation.DATAGRAMS_OF_ANOTHER_HOST,
            "{0} bytes on track {1}",
            datagram.remaining(),
            track);
      }
    }
  }

  UdpTransport(
      NettyMediaLoop loop,
      InetAddress local,
      InetAddress camera,
      Receiver receiver,
      Deviations deviations) {
    this.loop = loop;
    this.local = local;
    this.camera = camera;
    this.receiver = receiver;
    this.deviations = deviations;
  }

  @Override
  public TransportHeader offer(int track) {
    loop.assertInLoop();
    try {
      Stream stream = streams.get(track);
      if (stream == null) {
        stream = new Stream(track);
        streams.put(track, stream);
        checkBuffer(stream.ports.rtp());
      }
      int port = stream.ports.rtp().number();
      return TransportHeader.udp(port);
    } catch (IOException e) {
      throw new TransportException("no UDP ports to receive on: " + e.getMessage(), e);
    }
  }

  private void checkBuffer(DatagramPort port) {
    int size = port.bufferBytes();
    if (size < SMALL_BUFFER_BYTES) {
      deviations.note(
          Deviation.SMALL_RECEIVE_BUFFER,
          "{0} bytes; {1} are wanted",
          size,
          DatagramPort.WANTED_BUFFER_BYTES);
    }
  }

  @Override
  public boolean accept(int track, Optional<TransportHeader> chosen) {
    loop.assertInLoop();
    Stream stream = streams.get(track);
    if (stream == null || chosen.map(UdpTransport::isOther).orElse(false)) {
      return false;
    }
    if (chosen.isEmpty()) {
      deviations.note(Deviation.SETUP_WITHOUT_TRANSPORT, "track {0}", track);
      return true;
    }
    TransportHeader transport = chosen.get();
    String source = transport.parameters().getOrDefault("source", "");
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(source);
    if (literal != null) {
      stream.source = addressOf(literal);
    }
    transport.ports("server_port").ifPresent(ports -> open(stream, ports));
    return true;
  }

  private static boolean isOther(TransportHeader transport) {
    return transport.isInterleaved() || transport.parameters().containsKey("multicast");
  }

  private static InetAddress addressOf(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (IOException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes", e);
    }
  }

  /**
   * Sends a datagram to each port of the camera, so that firewalls and routers on the way let its
   * packets in.
   */
  private void open(Stream stream, TransportHeader.Ports ports) {
    stream.ports.rtp().send(ByteBuffer.wrap(EMPTY_RTP), new InetSocketAddress(camera, ports.rtp()));
    InetSocketAddress reportsTo = new InetSocketAddress(camera, ports.rtcp());
    stream.reportsTo = reportsTo;
    stream.ports.rtcp().send(ByteBuffer.wrap(EMPTY_REPORT), reportsTo);
  }

  @Override
  public void report(int track, ByteBuffer report) {
    loop.assertInLoop();
    Stream stream = streams.get(track);
    if (stream == null) {
      return;
    }
    if (stream.reportsTo != null) {
      stream.ports.rtcp().send(report, stream.reportsTo);
    }
    long drops = loop.kernelDrops().ofPort(stream.ports.rtp().number());
    if (drops > stream.drops) {
      deviations.note(Deviation.DATAGRAMS_DROPPED_BY_HOST, "{0} datagrams", drops);
    }
    stream.drops = drops;
  }

  @Override
  public void close() {
    loop.assertInLoop();
    streams.values().forEach(stream -> stream.ports.close());
    streams.clear();
  }
}
