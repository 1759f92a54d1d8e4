package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtp.Deviations;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.Mutation;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.message.RtspStreamSplitter;
import io.lva.testkit.SharedData;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtspSessionFuzzTest {
  private static final int ROUNDS = 3000;

  private final FakeLoop loop = new FakeLoop();

  private static byte[] transcript(String... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    for (String file : files) {
      bytes.writeBytes(SharedData.bytes("testdata/rtsp-responses/" + file + ".txt"));
    }
    byte[] media = SharedData.bytes("testdata/rtsp-responses/bunny-interleaved.bin");
    bytes.write(media, 0, 4000);
    return bytes.toByteArray();
  }

  @Test
  void receive_damagedTranscripts_neverFailsOtherwise() throws IOException {
    List<byte[]> transcripts =
        List.of(
            transcript("bunny_describe", "bunny_setup", "bunny_play"),
            transcript("longse_unauthorized", "hikvision_describe", "hikvision_setup"),
            transcript("reolink_describe", "reolink_setup", "reolink_play", "reolink_teardown"),
            transcript("gw_main_describe", "gw_main_setup_video", "gw_main_play"));
    Random random = new Random(11);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] stream = transcripts.get(round % transcripts.size());
      for (int damages = random.nextInt(4); damages > 0; damages--) {
        stream = Mutation.of(stream, random);
      }
      play(stream, random);
    }
  }

  private void play(byte[] stream, Random random) {
    FakeWire wire = new FakeWire();
    Deviations deviations = new Deviations();
    List<InterleavedTransport> transports = new ArrayList<>();
    RecordingListener listener = new RecordingListener();
    RtspSession session =
        new RtspSession(
            RtspOptions.of(RtspUrl.parse("rtsp://cam/live")),
            loop,
            wire,
            receiver -> {
              transports.add(new InterleavedTransport(wire, receiver, deviations));
              return transports.get(0);
            },
            Duration.ofSeconds(10),
            listener,
            new Authenticator(Optional.of(RtspCredentials.of("u", "p")), () -> "0"),
            deviations);
    session.connected();
    try {
      RtspStreamSplitter splitter =
          new RtspStreamSplitter(
              new SessionInbound(session, transports.get(0), deviations), RtspLimits.DEFAULT);
      splitter.consume(Unpooled.wrappedBuffer(stream));
    } catch (RtspParseException e) {
      session.unreadable(e);
    }
    loop.clock().advance(Duration.ofSeconds(random.nextInt(40)));
    session.tick();
    session.disconnected(random.nextBoolean());
    session.disconnected(true);
    long endings =
        listener.calls.stream()
            .filter(call -> call.equals("ended") || call.equals("redirected"))
            .count();
    assertThat(endings).isEqualTo(1);
  }
}
