package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtspConnectionTest {
  private static final String REQUESTS =
      """
      OPTIONS rtsp://h/pattern RTSP/1.0
      CSeq: 1

      DESCRIBE rtsp://h/pattern RTSP/1.0
      CSeq: 2
      Accept: application/sdp

      SETUP rtsp://h/pattern/trackID=0 RTSP/1.0
      CSeq: 3
      Transport: RTP/AVP/TCP;unicast;interleaved=0-1

      PLAY rtsp://h/pattern RTSP/1.0
      CSeq: 4
      Session: nobody

      """;

  private final Contexts.ManualClock clock = new Contexts.ManualClock();
  private final SimulatorContext context = Contexts.pattern(clock, new Faults(), true);

  @Test
  void channelRead_requestsInOneBufferAndReceiverReports_areAnsweredInOrder() {
    EmbeddedChannel channel = connect();
    channel.writeInbound(ascii(REQUESTS + "$\u0001\u0000\u0004abcd" + REQUESTS));

    assertThat(statuses(channel)).containsExactly(200, 200, 200, 454, 200, 200, 400, 454);
    assertThat(channel.isActive()).isTrue();
    channel.finishAndReleaseAll();
  }

  @Test
  void channelRead_anyGarbage_neverFailsOtherThanByClosing() {
    Random random = new Random(5);
    byte[] seed = REQUESTS.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 3000; i++) {
      EmbeddedChannel channel = connect();
      byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(400)] : seed.clone();
      for (int j = 0; j < (i % 2 == 0 ? bytes.length : 1 + random.nextInt(8)); j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int cut = random.nextInt(bytes.length + 1);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
      if (channel.isActive()) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
      }
      channel.checkException();
      channel.finishAndReleaseAll();
    }
    assertThat(context.counters().open()).isZero();
  }

  @Test
  void followHost_clockSteps_followsLargeStepsOnly() {
    MediaClock stepping = new MediaClock(clock, 1);
    long before = stepping.utcNanos();
    clock.step(Duration.ofHours(-1));
    stepping.followHost();

    assertThat(stepping.steps()).isEqualTo(1);
    assertThat(before - stepping.utcNanos()).isEqualTo(Duration.ofHours(1).toNanos());
    clock.step(Duration.ofMillis(900));
    stepping.followHost();
    assertThat(stepping.steps()).isEqualTo(1);
  }

  private EmbeddedChannel connect() {
    EmbeddedChannel channel = new EmbeddedChannel();
    RtspConnection.install(context, channel);
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  private static List<Integer> statuses(EmbeddedChannel channel) {
    List<Integer> statuses = new ArrayList<>();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      String text = out.toString(StandardCharsets.ISO_8859_1);
      assertThat(text).startsWith("RTSP/1.0 ");
      statuses.add(Integer.parseInt(text.substring(9, 12)));
      out.release();
    }
    return statuses;
  }
}
