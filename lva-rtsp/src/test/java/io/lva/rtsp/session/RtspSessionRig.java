package io.lva.rtsp.session;

import io.lva.media.MediaType;
import io.lva.rtp.Deviations;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspHeaders;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessageParser;
import io.lva.rtsp.message.RtspResponse;
import io.lva.testkit.SharedData;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session on a wire whose other end is the test. */
abstract class RtspSessionRig {
  static final String URL = "rtsp://cam/live";
  static final String SDP =
      """
      v=0
      o=- 1 1 IN IP4 1.2.3.4
      s=x
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:trackID=1
      """;

  final FakeLoop loop = new FakeLoop();
  final FakeClock clock = loop.clock();
  final FakeWire wire = new FakeWire();
  final RecordingListener listener = new RecordingListener();
  final Deviations deviations = new Deviations();
  private @Nullable InterleavedTransport transport;
  RtspSession session = session(Optional.empty());

  RtspSession session(Optional<RtspCredentials> credentials) {
    return session(credentials, URL);
  }

  RtspSession session(Optional<RtspCredentials> credentials, String url) {
    return session(RtspOptions.of(RtspUrl.parse(url)), credentials);
  }

  RtspSession session(RtspOptions options, Optional<RtspCredentials> credentials) {
    return new RtspSession(
        options,
        loop,
        wire,
        this::interleaved,
        Duration.ofSeconds(10),
        listener,
        new Authenticator(credentials, () -> "00"),
        deviations);
  }

  private MediaTransport interleaved(MediaTransport.Receiver receiver) {
    transport = new InterleavedTransport(wire, receiver, deviations);
    return transport;
  }

  InterleavedTransport transport() {
    return Objects.requireNonNull(transport);
  }

  /** Answers the last request with a response of a camera, under the right number. */
  void answer(String text) {
    RtspMessageParser parser = new RtspMessageParser(RtspLimits.DEFAULT, deviations);
    RtspResponse response =
        (RtspResponse)
            parser.parse(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1)).orElseThrow();
    List<RtspHeaders.Field> fields =
        response.headers().fields().stream()
            .map(
                field ->
                    field.name().equals("CSeq")
                        ? new RtspHeaders.Field("CSeq", wire.request().header("CSeq").orElseThrow())
                        : field)
            .toList();
    session.received(text.length());
    session.message(
        new RtspResponse(
            response.version(),
            response.status(),
            response.reason(),
            RtspHeaders.of(fields),
            response.body()));
  }

  void answerFile(String name) throws IOException {
    answer(
        new String(
            SharedData.bytes("testdata/rtsp-responses/" + name), StandardCharsets.ISO_8859_1));
  }

  void answer(int status, String... headers) {
    answer("RTSP/1.0 " + status + " R\nCSeq: 0\n" + String.join("\n", headers) + "\n\n");
  }

  void describe(String sdp, String... headers) {
    answer(
        "RTSP/1.0 200 OK\nCSeq: 0\n"
            + String.join("", Arrays.stream(headers).map(line -> line + "\n").toList())
            + "Content-Length: "
            + sdp.length()
            + "\n\n"
            + sdp);
  }

  /** Goes on with a session that wants nothing but pictures. */
  void onlyVideo() {
    session =
        session(
            RtspOptions.of(RtspUrl.parse(URL)).withMedia(Set.of(MediaType.VIDEO)),
            Optional.empty());
  }

  void untilSetup() {
    session.connected();
    answer(200, "Public: OPTIONS, DESCRIBE, GET_PARAMETER");
    describe(SDP, "Content-Type: application/sdp");
  }

  void untilPlay() {
    untilSetup();
    answer(200, "Session: 12;timeout=60", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
  }

  void untilPlaying() {
    untilPlay();
    answer(200, "Session: 12");
  }

  void frame(int channel, int type) {
    session.received(16);
    transport().frame(channel, ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) type, 0, 1, 0, 0}));
  }

  Kind failure() {
    return listener.failure.orElseThrow().kind();
  }
}
