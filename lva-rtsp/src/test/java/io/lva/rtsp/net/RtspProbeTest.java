package io.lva.rtsp.net;

import static io.lva.rtsp.net.ScriptedCamera.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Bytes;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.ProbeReport;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspException;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.testkit.SharedData;
import io.netty.util.LeakPresenceDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtspProbeTest {
  private static final byte[] CLOSE = new byte[0];
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(1500);

  private final NettyLoopGroup group = NettyLoopGroup.start(1);

  @AfterEach
  void close() {
    group.close();
  }

  @AfterAll
  static void noLeaks() {
    LeakPresenceDetector.check();
  }

  private static RtspOptions options(String url) {
    return RtspOptions.of(RtspUrl.parse(url))
        .withCameraClock(true)
        .withTimeouts(PATIENCE, PATIENCE);
  }

  private ProbeReport probe(RtspOptions options)
      throws InterruptedException, ExecutionException, TimeoutException {
    return RtspProbe.run(group.next(), options, Duration.ofSeconds(3))
        .toCompletableFuture()
        .get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
  }

  private RtspFailure failure(RtspOptions options) throws InterruptedException, TimeoutException {
    try {
      ProbeReport report = probe(options);
      return report.failure().orElseThrow(() -> new IllegalStateException(report.toString()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RtspException failed) {
        return failed.failure();
      }
      throw new IllegalStateException(e);
    }
  }

  private RtspFailure failure(Function<RtspRequest, byte[]> script)
      throws IOException, InterruptedException, TimeoutException {
    return failure(script, PATIENCE, PATIENCE);
  }

  private RtspFailure failure(
      Function<RtspRequest, byte[]> script, Duration connect, Duration media)
      throws IOException, InterruptedException, TimeoutException {
    try (ScriptedCamera camera = new ScriptedCamera(script)) {
      String url = camera.url().replace("rtsp://", "rtsp://user:secret@");
      return failure(options(url).withTimeouts(connect, media));
    }
  }

  private static byte[] status(RtspRequest request, int status) {
    return answer(request, RtspResponse.of(status, "R"));
  }

  /** Plays the stream that a real server sent. */
  private static byte[] bunny(RtspRequest request) {
    RtspResponse ok = RtspResponse.of(200, "OK");
    return switch (request.method()) {
      case "DESCRIBE" -> {
        byte[] transcript = SharedData.bytes("testdata/rtsp-responses/bunny_describe.txt");
        byte[] sdp = ScriptedCamera.bodyOf(transcript).getBytes(StandardCharsets.ISO_8859_1);
        yield answer(
            request, ok.with("Server", "Bunny").withBody("application/sdp", Bytes.copyOf(sdp)));
      }
      case "SETUP" ->
          answer(request, ok.with("Session", "1").with("Transport", "RTP/AVP/TCP;interleaved=2-3"));
      case "PLAY" ->
          answer(request, ok, SharedData.bytes("testdata/rtsp-responses/bunny-interleaved.bin"));
      default -> answer(request, ok);
    };
  }

  @Test
  void run_realStream_isReported() throws Exception {
    try (ScriptedCamera camera = new ScriptedCamera(RtspProbeTest::bunny)) {
      SharedData.path("testdata/rtsp-responses");
      ProbeReport report = probe(options(camera.url()));
      assertThat(report.url()).isEqualTo(camera.url());
      assertThat(report.server()).hasValue("Bunny");
      assertThat(report.tracks()).hasSize(2);
      ProbeReport.Track video = report.tracks().get(1);
      assertThat(video.codec()).hasValue("avc1.42C01E");
      assertThat(video.width()).hasValue(240);
      assertThat(video.height()).hasValue(160);
      assertThat(video.payloadType()).hasValue(97);
      assertThat(video.control()).hasValue("trackID=2");
      assertThat(video.parameterSets()).hasValue("sdp");
      assertThat(report.tracks().get(0).encoding()).hasValue("MPEG4-GENERIC");
      assertThat(report.tracks().get(0).codec()).isEmpty();
      assertThat(report.measured().fps()).isBetween(23.5, 24.5);
      assertThat(report.measured().lostPackets()).isZero();
      assertThat(report.deviations())
          .extracting(SeenDeviation::deviation)
          .contains(Deviation.CHANNEL_NOT_SET_UP, Deviation.OTHER_CHANNELS);
      assertThat(camera.tornDown.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(camera.methods).startsWith("OPTIONS", "DESCRIBE", "SETUP", "SETUP", "PLAY");
    }
  }

  @Test
  void run_noCodecThatIsKnown_listsTheTracksAndTheFailure() throws Exception {
    String sdp =
        """
        v=0
        o=- 0 0 IN IP4 0.0.0.0
        s=-
        t=0 0
        m=video 0 RTP/AVP 26
        a=control:v
        m=audio 0 RTP/AVP 97
        a=rtpmap:97 SPEEX/16000
        a=control:a
        """;
    try (ScriptedCamera camera =
        new ScriptedCamera(
            request ->
                answer(
                    request,
                    RtspResponse.of(200, "OK")
                        .withBody(
                            "application/sdp",
                            Bytes.copyOf(sdp.getBytes(StandardCharsets.US_ASCII)))))) {
      ProbeReport report = probe(options(camera.url()));
      assertThat(report.failure().orElseThrow().kind()).isEqualTo(Kind.NO_VIDEO);
      assertThat(report.tracks())
          .extracting(track -> track.media() + " " + track.encoding().orElse(""))
          .containsExactly("video JPEG", "audio SPEEX");
      assertThat(report.measured().frames()).isZero();
    }
  }

  @Test
  void run_connectionClosedWithTheChallenge_answersOnTheNext() throws Exception {
    Function<RtspRequest, byte[]> script =
        request -> {
          if (request.header("Authorization").isPresent()) {
            return bunny(request);
          }
          return request.method().equals("OPTIONS")
              ? answer(
                  request,
                  RtspResponse.of(401, "No")
                      .with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\""))
              : CLOSE;
        };
    try (ScriptedCamera camera = new ScriptedCamera(script)) {
      SharedData.path("testdata/rtsp-responses");
      ProbeReport report =
          probe(options(camera.url()).withCredentials(RtspCredentials.of("user", "secret")));
      assertThat(report.measured().frames()).isPositive();
    }
  }

  @Test
  void run_redirected_follows() throws Exception {
    try (ScriptedCamera target = new ScriptedCamera(RtspProbeTest::bunny);
        ScriptedCamera camera =
            new ScriptedCamera(
                request ->
                    answer(
                        request, RtspResponse.of(302, "Found").with("Location", target.url())))) {
      SharedData.path("testdata/rtsp-responses");
      assertThat(probe(options(camera.url())).deviations())
          .extracting(SeenDeviation::deviation)
          .contains(Deviation.REDIRECTED);
    }
  }

  @Test
  void run_noVideoThoughPlaying_saysSo() throws Exception {
    SharedData.path("testdata/rtsp-responses");
    RtspFailure failure =
        failure(
            request -> request.method().equals("PLAY") ? status(request, 200) : bunny(request),
            PATIENCE,
            SHORT);
    assertThat(failure.kind()).isEqualTo(Kind.NO_FIRST_MEDIA);
  }

  @Test
  void run_errors_sayWhatWhereAndWhatToDo() throws Exception {
    RtspFailure wrong =
        failure(
            request ->
                answer(
                    request,
                    RtspResponse.of(401, "No").with("WWW-Authenticate", "Basic realm=\"r\"")));
    assertThat(wrong.kind()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(wrong.message()).matches("rtsp://127.0.0.1:[0-9]+/live: user or password refused.*");
    RtspFailure missing =
        failure(request -> status(request, request.method().equals("DESCRIBE") ? 404 : 200));
    assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(request -> CLOSE).kind()).isEqualTo(Kind.CLOSED);
    assertThat(failure(request -> "HTTP/1.0 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
        .extracting(RtspFailure::kind)
        .isEqualTo(Kind.NOT_RTSP);
    assertThat(failure(request -> "220 mail\r\n".getBytes(StandardCharsets.US_ASCII)).message())
        .contains("does not speak RTSP (it sent '220 mail..')");
    byte[] emptyLine = "\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(failure(request -> emptyLine, SHORT, PATIENCE).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void run_nobodyThere_saysSo() throws Exception {
    // Bound, so that nobody else gets the port, but not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      RtspFailure refused = failure(options("rtsp://127.0.0.1:" + taken.getLocalPort() + "/x"));
      assertThat(refused.kind()).isEqualTo(Kind.CONNECTION_REFUSED);
      assertThat(refused.message()).contains("check the port");
    }
    RtspOptions unknown = options("rtsp://no-such-host.invalid/x").withTimeouts(SHORT, SHORT);
    assertThat(failure(unknown).kind()).isIn(Kind.UNKNOWN_HOST, Kind.TIMEOUT);
  }
}
