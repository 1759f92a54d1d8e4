package io.lva.rtsp.net;

import static io.lva.rtsp.net.ScriptedCamera.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.rtp.Deviations;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.session.Authenticator;
import io.lva.rtsp.session.FakeLoop;
import io.lva.rtsp.session.RecordingListener;
import io.lva.rtsp.session.RtspConnector;
import io.lva.rtsp.session.RtspSessionListener;
import io.lva.spi.MediaLoop;
import io.netty.util.LeakPresenceDetector;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyConnectorTest {
  private static final int PACKETS = 20_000;
  private static final int PACKET_BYTES = 1400;
  private static final String SDP =
      "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=1\r\n";

  private final NettyLoopGroup group = NettyLoopGroup.start(1);

  @AfterEach
  void close() {
    group.close();
  }

  @AfterAll
  static void noLeaks() {
    LeakPresenceDetector.check();
  }

  private static byte[] packets() {
    byte[] frames = new byte[PACKETS * (4 + PACKET_BYTES)];
    for (int i = 0; i < PACKETS; i++) {
      int at = i * (4 + PACKET_BYTES);
      frames[at] = '$';
      frames[at + 2] = (byte) (PACKET_BYTES >> 8);
      frames[at + 3] = (byte) PACKET_BYTES;
      frames[at + 4] = (byte) 0x80;
      frames[at + 5] = 96;
    }
    return frames;
  }

  private static byte[] respond(RtspRequest request, byte[] media) {
    RtspResponse ok = RtspResponse.of(200, "OK");
    return switch (request.method()) {
      case "DESCRIBE" ->
          answer(
              request,
              ok.withBody(
                  "application/sdp", Bytes.copyOf(SDP.getBytes(StandardCharsets.US_ASCII))));
      case "SETUP" -> answer(request, ok.with("Session", "1"));
      case "PLAY" -> answer(request, ok, media);
      default -> answer(request, ok);
    };
  }

  private static RtspOptions options(String url) {
    Duration patience = Duration.ofSeconds(60);
    return RtspOptions.of(RtspUrl.parse(url)).withTimeouts(patience, patience);
  }

  private CompletableFuture<RtspConnector.Link> open(
      RtspOptions options, RtspSessionListener listener, BooleanSupplier room) {
    MediaLoop loop = group.next();
    NettyConnector connector = NettyConnector.of(loop, room);
    Authenticator authenticator = new Authenticator(Optional.empty(), () -> "");
    CompletableFuture<RtspConnector.Link> link = new CompletableFuture<>();
    loop.execute(
        () -> link.complete(connector.open(options, listener, authenticator, new Deviations())));
    return link;
  }

  @Test
  void open_consumerWithoutRoom_holdsTheSocketBack() throws Exception {
    byte[] media = packets();
    AtomicLong taken = new AtomicLong();
    AtomicBoolean room = new AtomicBoolean(true);
    CountDownLatch first = new CountDownLatch(1);
    CompletableFuture<Long> all = new CompletableFuture<>();
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void rtp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {
            room.compareAndSet(first.getCount() > 0, false);
            first.countDown();
            if (taken.incrementAndGet() == PACKETS) {
              all.complete(taken.get());
            }
          }
        };
    try (ScriptedCamera camera = new ScriptedCamera(request -> respond(request, media))) {
      RtspOptions options = options(camera.url()).withCameraClock(true);
      CompletableFuture<RtspConnector.Link> link = open(options, listener, room::get);
      assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> all.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(taken.get() * PACKET_BYTES).isLessThanOrEqualTo(2L * LoopReceiveBuffer.SIZE_BYTES);
      room.set(true);
      assertThat(all.get(60, TimeUnit.SECONDS)).isEqualTo(PACKETS);
      CompletableFuture<Void> closed = new CompletableFuture<>();
      group
          .next()
          .execute(
              () -> link.join().stop().whenComplete((nothing, error) -> closed.complete(null)));
      closed.get(60, TimeUnit.SECONDS);
      assertThat(camera.tornDown.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A peer that asks and never reads: the answers it cannot take are dropped. */
  @Test
  void stop_teardownThatIsNeverAnswered_closesAllTheSame() throws Exception {
    byte[] silence = "\r\n".getBytes(StandardCharsets.US_ASCII);
    CountDownLatch playing = new CountDownLatch(1);
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void playing() {
            playing.countDown();
          }
        };
    try (ScriptedCamera camera =
        new ScriptedCamera(
            request ->
                request.method().equals("TEARDOWN") ? silence : respond(request, new byte[0]))) {
      CompletableFuture<RtspConnector.Link> link =
          open(options(camera.url()), listener, () -> true);
      assertThat(playing.await(60, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> closed = new CompletableFuture<>();
      group.next().execute(() -> link.join().stop().thenRun(() -> closed.complete(null)));
      closed.get(5, TimeUnit.SECONDS);
      assertThat(camera.tornDown.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void open_floodOfRequests_answersDoNotPileUp() throws Exception {
    byte[] request = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    int requests = 200_000;
    AtomicLong received = new AtomicLong();
    CountDownLatch all = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void received(int sizeBytes) {
            if (received.addAndGet(sizeBytes) == (long) requests * request.length) {
              all.countDown();
            }
          }
        };
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setReceiveBufferSize(64 * 1024);
      String url = "rtsp://127.0.0.1:" + server.getLocalPort() + "/live";
      CompletableFuture<RtspConnector.Link> link = open(options(url), listener, () -> true);
      try (Socket socket = server.accept()) {
        byte[] many = new byte[1000 * request.length];
        for (int i = 0; i < many.length; i++) {
          many[i] = request[i % request.length];
        }
        for (int i = 0; i < requests / 1000; i++) {
          socket.getOutputStream().write(many);
        }
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        group.next().execute(() -> link.join().stop().thenRun(closed::countDown));
        long answered = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(answered).isPositive().isLessThan(100L * requests / 2);
        assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void open_tlsWhereTheServerSpeaksNone_saysSoWithoutItsBytes() throws Exception {
    byte[] answer = "RTSP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    CompletableFuture<RtspFailure> ended = new CompletableFuture<>();
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void ended(RtspFailure failure) {
            ended.complete(failure);
          }
        };
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "rtsps://127.0.0.1:" + server.getLocalPort() + "/live";
      assertThat(open(options(url), listener, () -> true).get(60, TimeUnit.SECONDS)).isNotNull();
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(answer);
        RtspFailure failure = ended.get(60, TimeUnit.SECONDS);
        assertThat(failure.kind()).isEqualTo(RtspFailure.Kind.TLS);
        assertThat(failure.message())
            .isEqualTo(
                url
                    + ": the server does not speak TLS at this port; check the port, or begin the"
                    + " URL with rtsp://");
      }
    }
  }

  @Test
  void of_otherLoop_isRefused() {
    assertThatThrownBy(() -> NettyConnector.of(new FakeLoop(), () -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
