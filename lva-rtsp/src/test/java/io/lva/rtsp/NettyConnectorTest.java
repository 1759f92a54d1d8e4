package io.lva.rtsp;

import static io.lva.rtsp.ScriptedCamera.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.netty.util.LeakPresenceDetector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
      NettyConnector connector = NettyConnector.of(group.next(), room::get);
      RtspOptions options = RtspOptions.of(RtspUrl.parse(camera.url())).withCameraClock(true);
      CompletableFuture<RtspConnector.Link> link = new CompletableFuture<>();
      group
          .next()
          .execute(
              () ->
                  link.complete(
                      connector.open(
                          options,
                          listener,
                          new Authenticator(Optional.empty(), () -> ""),
                          new Deviations())));
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

  @Test
  void of_otherLoop_isRefused() {
    assertThatThrownBy(() -> NettyConnector.of(new FakeLoop(), () -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
