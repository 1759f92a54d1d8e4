package io.lva.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.lva.testkit.SharedData;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.LeakPresenceDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtspDecoderTest {
  private static final String RTP = "80600001000000000000000041";

  private final RecordingInbound inbound = new RecordingInbound();
  private final RtspDecoder decoder = new RtspDecoder(inbound, RtspLimits.DEFAULT);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @AfterAll
  static void noLeaks() {
    LeakPresenceDetector.check();
  }

  private void receive(byte[] bytes) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length);
    channel.writeInbound(buffer.writeBytes(bytes));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] frame(int channel, String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    return join(
        new byte[] {'$', (byte) channel, (byte) (data.length >> 8), (byte) data.length}, data);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  @Test
  void receive_framesAndMessages_inAnyPieces_areSeparated() {
    byte[] stream =
        join(
            text("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 2\r\n\r\n$$"),
            frame(0, RTP),
            frame(1, "80c90001"),
            text("\r\nOPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n"),
            frame(0, RTP + "00"),
            frame(200, ""),
            text("RTSP/1.0 200 OK\nCSeq: 3\n\n"),
            frame(0, RTP));
    for (int size = 1; size <= stream.length; size++) {
      RecordingInbound recording = new RecordingInbound();
      EmbeddedChannel pieces = new EmbeddedChannel(new RtspDecoder(recording, RtspLimits.DEFAULT));
      for (int from = 0; from < stream.length; from += size) {
        byte[] piece = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + size));
        pieces.writeInbound(Unpooled.directBuffer(piece.length).writeBytes(piece));
      }
      pieces.finishAndReleaseAll();
      assertThat(recording.frames)
          .containsExactly("0:" + RTP, "1:80c90001", "0:" + RTP + "00", "200:", "0:" + RTP);
      assertThat(recording.messages).hasSize(3);
      assertThat(recording.desynchronised).isEmpty();
    }
  }

  @Test
  void receive_realStream_givesEveryPacket() throws IOException {
    byte[] stream = SharedData.bytes("testdata/rtsp-responses/bunny-interleaved.bin");
    Random random = new Random(1);
    int from = 0;
    while (from < stream.length) {
      int to = Math.min(stream.length, from + 1 + random.nextInt(5000));
      receive(Arrays.copyOfRange(stream, from, to));
      from = to;
    }
    assertThat(inbound.frames).hasSize(371);
    assertThat(inbound.channels.stream().filter(number -> number == 0).count()).isEqualTo(102);
    assertThat(inbound.channels.stream().filter(number -> number == 2).count()).isEqualTo(269);
    assertThat(inbound.messages).isEmpty();
    assertThat(inbound.desynchronised).isEmpty();
  }

  @Test
  void receive_cutFrame_findsTheNextOne() {
    decoder.assign(0);
    byte[] half = Arrays.copyOf(frame(0, RTP.repeat(20)), 100);
    receive(join(frame(0, RTP), half, frame(0, RTP + "01"), frame(0, RTP + "02")));
    receive(join(frame(0, RTP.repeat(3)), frame(0, RTP + "03")));
    receive(frame(0, RTP.repeat(9)));
    receive(join(frame(0, RTP.repeat(3)), frame(0, RTP + "04")));
    assertThat(inbound.frames.get(0)).isEqualTo("0:" + RTP);
    assertThat(inbound.frames).contains("0:" + RTP + "04");
    assertThat(inbound.desynchronised).containsOnly("");
  }

  @Test
  void receive_noiseBetween_findsResponseAndFrame() {
    decoder.assign(4);
    receive(frame(4, RTP));
    receive(text("\u0001\u0002$garbage RTSP/2 RTSP/1.0 200 OK\r\nCSeq: 9\r\n\r\n"));
    assertThat(inbound.messages).hasSize(1);
    receive(join(new byte[] {1, '$', 9, 0, 13, '$', 4, 0}, frame(4, RTP)));
    assertThat(inbound.frames).containsExactly("4:" + RTP, "4:" + RTP);
  }

  @Test
  void receive_wordsBetweenFrames_costNoFrame() {
    decoder.assign(0);
    receive(join(frame(0, RTP), text("test data"), frame(0, RTP + "01"), text("PLAYGROUND")));
    receive(join(frame(0, RTP + "02"), text("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")));
    assertThat(inbound.frames).containsExactly("0:" + RTP, "0:" + RTP + "01", "0:" + RTP + "02");
    assertThat(inbound.messages).hasSize(1);
  }

  @Test
  void receive_malformedMessage_isSkipped() {
    receive(text("PLAY is this\r\nRTSP/1.0 200 OK\r\nCSeq: 9\r\n\r\n"));
    assertThat(inbound.messages).hasSize(1);
    assertThat(inbound.deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.MESSAGE_SKIPPED);
  }

  @Test
  void receive_otherProtocol_isTold() {
    receive(text("220 ftp ready\r\n"));
    assertThat(inbound.desynchronised).containsExactly("220 ftp ready..");
  }

  @Test
  void receive_onlyNoise_endsInAnException() {
    byte[] noise = new byte[1 << 20];
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 6; i++) {
                receive(noise);
              }
            })
        .isInstanceOf(RtspParseException.class);
  }

  @Test
  void receive_largestFrame_isWhole() {
    receive(join(frame(0, "80" + "00".repeat(65534)), frame(1, "80c90001")));
    assertThat(inbound.frames.get(0)).hasSize(2 + 2 * 65535);
    assertThat(inbound.frames).hasSize(2);
  }

  @Test
  void close_withHalfAFrame_releasesIt() {
    receive(Arrays.copyOf(frame(0, RTP), 8));
    channel.finishAndReleaseAll();
    assertThat(inbound.frames).isEmpty();
  }

  @Test
  void receive_seedsAndMutations_neverFailOtherwise() throws IOException {
    Random random = new Random(42);
    for (String target : new String[] {"interleaved", "rtsp-request", "rtsp-response"}) {
      for (Path seed : SharedData.files("testdata/fuzz-seeds/" + target)) {
        for (int round = 0; round < 200; round++) {
          byte[] bytes = Mutation.of(Files.readAllBytes(seed), random);
          receiveAnew(join(frame(0, RTP), bytes, text("\r\n\r\n"), bytes), random);
        }
      }
    }
    byte[] stream = SharedData.bytes("testdata/rtsp-responses/bunny-interleaved.bin");
    for (int round = 0; round < 50; round++) {
      receiveAnew(Mutation.of(Arrays.copyOf(stream, 20_000), random), random);
    }
  }

  private static void receiveAnew(byte[] stream, Random random) {
    RtspDecoder fuzzed = new RtspDecoder(new RecordingInbound(), RtspLimits.DEFAULT);
    fuzzed.assign(0);
    fuzzed.assign(2);
    EmbeddedChannel pieces = new EmbeddedChannel(fuzzed);
    int from = 0;
    while (from < stream.length) {
      int to = Math.min(stream.length, from + 1 + random.nextInt(3000));
      pieces.writeInbound(Unpooled.copiedBuffer(stream, from, to - from));
      from = to;
    }
    pieces.finishAndReleaseAll();
  }
}
