package io.lva.rtsp.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.TransportHeader;
import io.lva.rtsp.session.MediaTransport;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams on loopback. */
class UdpTransportTest {
  private final NettyLoopGroup group = NettyLoopGroup.start(1);
  private final NettyMediaLoop loop = (NettyMediaLoop) group.next();
  private final InetAddress local = InetAddress.getLoopbackAddress();
  private final Deviations deviations = new Deviations();
  private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
  private final UdpTransport transport =
      new UdpTransport(
          loop,
          local,
          local,
          new MediaTransport.Receiver() {
            @Override
            public void received(int sizeBytes) {}

            @Override
            public void packet(int track, boolean control, ByteBuffer packet) {
              packets.add(track + (control ? " rtcp " : " rtp ") + packet.remaining());
            }
          },
          deviations);
  private TransportHeader.Ports ports = new TransportHeader.Ports(1, 1);

  @BeforeEach
  void open() {
    TransportHeader offer = onLoop(() -> transport.offer(3));
    ports = offer.ports("client_port").orElseThrow();
  }

  @AfterEach
  void close() {
    boolean closed =
        onLoop(
            () -> {
              transport.close();
              return true;
            });
    assertThat(closed).isTrue();
    group.close();
  }

  private <T> T onLoop(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(() -> result.complete(action.get()));
    return result.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void send(DatagramSocket socket, int port, int size) throws Exception {
    socket.send(
        new DatagramPacket(
            new byte[size], size, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  @Test
  void offer_twice_namesTheSameNeighbouringPorts() {
    assertThat(ports.rtp() % 2).isZero();
    assertThat(ports.rtcp()).isEqualTo(ports.rtp() + 1);
    TransportHeader again = onLoop(() -> transport.offer(3));
    assertThat(again.ports("client_port")).hasValue(ports);
  }

  @Test
  void transport_outsideItsLoop_isAnError() {
    assertThatThrownBy(() -> transport.offer(3)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> transport.accept(3, Optional.empty()))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> transport.report(3, ByteBuffer.allocate(32)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(transport::close).isInstanceOf(AssertionError.class);
  }

  @Test
  void datagram_fromTheCamera_isAPacketOfItsTrack() throws Exception {
    try (DatagramSocket camera = new DatagramSocket(0, local)) {
      send(camera, ports.rtp(), 1400);
      assertThat(packets.poll(30, TimeUnit.SECONDS)).isEqualTo("3 rtp 1400");
      send(camera, ports.rtcp(), 28);
      assertThat(packets.poll(30, TimeUnit.SECONDS)).isEqualTo("3 rtcp 28");
    }
  }

  @Test
  void datagram_fromAnotherHost_isLeftOut() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"));
        DatagramSocket camera = new DatagramSocket(0, local)) {
      send(stranger, ports.rtp(), 100);
      send(camera, ports.rtp(), 200);
      assertThat(packets.poll(30, TimeUnit.SECONDS)).isEqualTo("3 rtp 200");
      List<SeenDeviation> seen = onLoop(deviations::seen);
      assertThat(seen)
          .extracting(SeenDeviation::deviation)
          .contains(Deviation.DATAGRAMS_OF_ANOTHER_HOST);
    }
  }

  @Test
  void accept_portsOfTheCamera_opensTheWayAndTakesReports() throws Exception {
    try (DatagramSocket rtp = new DatagramSocket(0, local);
        DatagramSocket rtcp = new DatagramSocket(0, local)) {
      String field =
          "RTP/AVP;unicast;server_port=" + rtp.getLocalPort() + "-" + rtcp.getLocalPort();
      Optional<TransportHeader> chosen = TransportHeader.parse(field).stream().findFirst();
      boolean accepted = onLoop(() -> transport.accept(3, chosen));
      assertThat(accepted).isTrue();
      loop.execute(() -> transport.report(3, ByteBuffer.allocate(32)));
      DatagramPacket received = new DatagramPacket(new byte[100], 100);
      rtp.setSoTimeout(30_000);
      rtcp.setSoTimeout(30_000);
      rtp.receive(received);
      assertThat(received.getPort()).isEqualTo(ports.rtp());
      rtcp.receive(received);
      assertThat(received.getLength()).isEqualTo(8);
      received.setLength(100);
      rtcp.receive(received);
      assertThat(received.getLength()).isEqualTo(32);
    }
  }

  @Test
  void accept_anotherTransport_isRefused() {
    Optional<TransportHeader> tcp = Optional.of(TransportHeader.interleaved(0));
    Optional<TransportHeader> group = Optional.of(TransportHeader.multicast());
    boolean interleaved = onLoop(() -> transport.accept(3, tcp));
    boolean multicast = onLoop(() -> transport.accept(3, group));
    assertThat(interleaved).isFalse();
    assertThat(multicast).isFalse();
  }
}
