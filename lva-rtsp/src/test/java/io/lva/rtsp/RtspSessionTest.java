package io.lva.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtp.TrackFormat;
import io.lva.rtsp.RtspFailure.Kind;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspSessionTest {
  private static final String URL = "rtsp://cam/live";
  private static final String SDP =
      """
      v=0
      o=- 1 1 IN IP4 1.2.3.4
      s=x
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:trackID=1
      """;

  private final FakeClock clock = new FakeClock();
  private final FakeWire wire = new FakeWire();
  private final RecordingListener listener = new RecordingListener();
  private final Deviations deviations = new Deviations();
  private RtspSession session = session(Optional.empty());

  private RtspSession session(Optional<RtspCredentials> credentials) {
    return new RtspSession(
        RtspOptions.of(RtspUrl.parse(URL)),
        clock,
        wire,
        listener,
        new Authenticator(credentials, () -> "00"),
        deviations);
  }

  /** Answers the last request with a response of a camera, under the right number. */
  private void answer(String text) {
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

  private void answerFile(String name) throws IOException {
    answer(new String(TestData.bytes("rtsp-responses", name), StandardCharsets.ISO_8859_1));
  }

  private void answer(int status, String... headers) {
    answer("RTSP/1.0 " + status + " R\nCSeq: 0\n" + String.join("\n", headers) + "\n\n");
  }

  private void describe(String sdp, String... headers) {
    answer(
        "RTSP/1.0 200 OK\nCSeq: 0\n"
            + String.join("", Arrays.stream(headers).map(line -> line + "\n").toList())
            + "Content-Length: "
            + sdp.length()
            + "\n\n"
            + sdp);
  }

  private void untilSetup() {
    session.connected();
    answer(200, "Public: OPTIONS, DESCRIBE, GET_PARAMETER");
    describe(SDP, "Content-Type: application/sdp");
  }

  private void untilPlay() {
    untilSetup();
    answer(200, "Session: 12;timeout=60", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
  }

  private void untilPlaying() {
    untilPlay();
    answer(200, "Session: 12");
  }

  private void frame(int channel, int type) {
    session.received(16);
    session.interleaved(
        channel, ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) type, 0, 1, 0, 0}));
  }

  private Kind failure() {
    return listener.failure.orElseThrow().kind();
  }

  @Test
  void handshake_plainCamera_plays() {
    untilPlaying();
    assertThat(wire.methods()).containsExactly("OPTIONS", "DESCRIBE", "SETUP", "PLAY");
    assertThat(listener.calls).containsExactly("described", "starting", "playing");
    assertThat(wire.request().uri()).isEqualTo(URL);
    assertThat(wire.request().header("Session")).hasValue("12");
    assertThat(wire.request().header("Range")).hasValue("npt=0.000-");
    assertThat(((RtspRequest) wire.sent.get(2)).uri()).isEqualTo(URL + "/trackID=1");
    assertThat(wire.assigned).containsExactly(0, 1);
    assertThat(deviations.seen()).containsExactly("message lines end in LF alone");
  }

  @Test
  void handshake_bunny_takesTheChannelsOfTheServer() throws IOException {
    session.connected();
    answerFile("dahua_options.txt");
    answerFile("bunny_describe.txt");
    assertThat(wire.request().uri())
        .isEqualTo("rtsp://wowzaec2demo.streamlock.net/vod/mp4:BigBuckBunny_115k.mov/trackID=2");
    assertThat(wire.request().header("Transport")).hasValue("RTP/AVP/TCP;unicast;interleaved=0-1");
    answerFile("bunny_setup.txt");
    assertThat(wire.request().header("Session")).hasValue("1642021126");
    answerFile("bunny_play.txt");
    assertThat(listener.calls).endsWith("playing");
    assertThat(listener.details.orElseThrow().server().orElseThrow()).startsWith("Wowza");
    TrackFormat format = listener.formats.get(0);
    assertThat(format.track()).isEqualTo(1);
    assertThat(format.payloadType()).isEqualTo(97);
    assertThat(format.formatParameters())
        .containsEntry("sprop-parameter-sets", "Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==");
    assertThat(deviations.seen()).containsExactly("session id changes between responses");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "dahua | dahua_describe_h264_aac_onvif | dahua_setup | dahua_play"
            + " | rtsp://192.168.5.111:554/cam/realmonitor?channel=1&subtype=1&unicast=true&proto=Onvif/trackID=0"
            + " | rtsp://192.168.5.111:554/cam/realmonitor?channel=1&subtype=1&unicast=true&proto=Onvif/"
            + " | 816418535 | session id changes between responses",
        "gw | gw_main_describe | gw_main_setup_video | gw_main_play"
            + " | rtsp://192.168.1.110:5050/H264?channel=1&subtype=0&unicast=true&proto=Onvif/video"
            + " | rtsp://192.168.1.110:5050/H264?channel=1&subtype=0&unicast=true&proto=Onvif"
            + " | - | -",
        "hikvision | hikvision_describe | hikvision_setup | hikvision_play"
            + " | rtsp://192.168.5.106:554/Streaming/Channels/101/trackID=1?transportmode=unicast&profile=Profile_1"
            + " | rtsp://192.168.5.106:554/Streaming/Channels/101/?transportmode=unicast&profile=Profile_1"
            + " | 1286390737 | -",
        "ipcam | ipcam_describe | luckfox_rkipc_setup_tcp | gw_main_play"
            + " | rtsp://cam/live/trackID=1 | rtsp://cam/live"
            + " | 573855364 | session id changes between responses",
        "reolink | reolink_describe | reolink_setup | reolink_play"
            + " | rtsp://192.168.5.206/h264Preview_01_main/trackID=1"
            + " | rtsp://192.168.5.206/h264Preview_01_main/ | - | -",
      })
  void handshake_transcriptsOfCameras_play(
      String camera,
      String describe,
      String setup,
      String play,
      String setupUrl,
      String playUrl,
      Long ssrc,
      String deviation)
      throws IOException {
    session.connected();
    answer(200, "");
    answerFile(describe + ".txt");
    assertThat(wire.request().method()).as(camera).isEqualTo("SETUP");
    assertThat(wire.request().uri()).isEqualTo(setupUrl);
    answerFile(setup + ".txt");
    assertThat(wire.request().method()).isEqualTo("PLAY");
    assertThat(wire.request().uri()).isEqualTo(playUrl);
    answerFile(play + ".txt");
    assertThat(listener.calls).contains("playing");
    if (ssrc != null && !camera.equals("dahua")) {
      assertThat(listener.formats.get(0).ssrc()).isEqualTo(OptionalLong.of(ssrc));
    }
    assertThat(deviations.seen().contains("session id changes between responses"))
        .isEqualTo(deviation != null);
  }

  @Test
  void handshake_reolink_learnsTheSourceFromRtpInfo() throws IOException {
    session.connected();
    answer(200, "");
    answerFile("reolink_describe.txt");
    answerFile("reolink_setup.txt");
    answerFile("reolink_play.txt");
    assertThat(listener.calls).contains("ssrc 0 dcc4a0d8").doesNotContain("ssrc 0 9fc9fff8");
    session.stop();
    assertThat(wire.request().method()).isEqualTo("TEARDOWN");
    assertThat(wire.request().header("Session")).hasValue("F8F8E425");
    assertThat(wire.closed).isFalse();
    answerFile("reolink_teardown.txt");
    assertThat(wire.closed).isTrue();
    assertThat(listener.failure).isEmpty();
  }

  @Test
  void handshake_longse_answersTheDigest() throws IOException {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    session.connected();
    answerFile("longse_unauthorized.txt");
    assertThat(wire.methods()).containsExactly("OPTIONS", "OPTIONS");
    assertThat(wire.request().header("Authorization").orElseThrow())
        .startsWith("Digest username=\"admin\", realm=\"Surveillance Server\", nonce=\"98481030\"")
        .contains("uri=\"" + URL + "\"")
        .doesNotContain("algorithm");
    assertThat(wire.request().header("CSeq")).hasValue("2");
    answer(200, "");
    assertThat(wire.request().header("Authorization")).isPresent();
  }

  @Test
  void handshake_401WithoutCSeq_isStillAnswered() {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    session.connected();
    answer(200, "");
    answer("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"VLC\"\r\n\r\n");
    assertThat(wire.methods()).containsExactly("OPTIONS", "DESCRIBE", "DESCRIBE");
    assertThat(deviations.seen()).contains("response without CSeq");
  }

  @Test
  void handshake_wrongPassword_endsAfterOneAnswer() {
    session = session(Optional.of(RtspCredentials.of("admin", "geheim")));
    session.connected();
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\"");
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"2\"");
    assertThat(failure()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(listener.failure.orElseThrow().message())
        .contains("user or password refused")
        .contains(URL)
        .doesNotContain("geheim");
    assertThat(wire.closed).isTrue();
  }

  @Test
  void handshake_noPassword_saysSo() {
    session.connected();
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\"");
    assertThat(listener.failure.orElseThrow().message()).contains("user and password needed");
  }

  @Test
  void handshake_closedWithTheChallenge_isToldApart() {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    session.connected();
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\"");
    session.disconnected(true);
    assertThat(failure()).isEqualTo(Kind.CLOSED_WITH_CHALLENGE);
  }

  @ParameterizedTest
  @CsvSource({"404, NOT_FOUND", "403, FORBIDDEN", "453, REQUEST_REFUSED", "503, REQUEST_REFUSED"})
  void describe_refused_ends(int status, Kind kind) {
    session.connected();
    answer(200, "");
    answer(status);
    assertThat(failure()).isEqualTo(kind);
    assertThat(listener.failure.orElseThrow().status()).isEqualTo(status);
    assertThat(listener.failure.orElseThrow().step()).isEqualTo("DESCRIBE");
    assertThat(listener.failure.orElseThrow().host()).isEqualTo("cam:554");
  }

  @Test
  void describe_withoutContentType_isTolerated() {
    session.connected();
    answer(405, "");
    describe(SDP);
    assertThat(wire.request().method()).isEqualTo("SETUP");
    assertThat(deviations.seen())
        .contains("session description without Content-Type", "OPTIONS answered with 405");
  }

  @Test
  void describe_onlyOtherCodecs_namesThem() throws IOException {
    session.connected();
    answer(200, "");
    answerFile("dahua_describe_h265_pcma.txt");
    assertThat(failure()).isEqualTo(Kind.NO_VIDEO);
    assertThat(listener.failure.orElseThrow().message()).contains("only H265, PCMA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>no</html>"})
  void describe_noDescription_ends(String body) {
    session.connected();
    answer(200, "");
    describe(body);
    assertThat(failure()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void describe_redirected_leaves() {
    session.connected();
    answer(200, "");
    answer(302, "Location: rtsp://other:8554/x");
    assertThat(listener.redirect.map(RtspUrl::toString)).hasValue("rtsp://other:8554/x");
    assertThat(wire.closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other/x", "/relative", "rtsp://"})
  void describe_redirectedElsewhere_ends(String location) {
    session.connected();
    answer(301, "Location: " + location);
    assertThat(failure()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void setup_wrongUrl_triesOthers() {
    session.connected();
    answer(200, "");
    describe(SDP, "Content-Base: rtsp://cam:5050/H264");
    assertThat(wire.request().uri()).isEqualTo("rtsp://cam:5050/H264/trackID=1");
    answer(404);
    assertThat(wire.request().uri()).isEqualTo("rtsp://cam/live/trackID=1");
    answer(200, "Session: 1", "Transport: RTP/AVP/TCP;interleaved=0-1");
    assertThat(wire.request().method()).isEqualTo("PLAY");
    answer(404);
    assertThat(wire.request().uri()).isEqualTo("rtsp://cam/live");
    answer(200);
    assertThat(listener.calls).endsWith("playing");
  }

  @Test
  void setup_otherTransport_ends() {
    untilSetup();
    answer(200, "Session: 1", "Transport: RTP/AVP;unicast;client_port=8000-8001");
    assertThat(failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(wire.methods()).endsWith("TEARDOWN");
  }

  @Test
  void setup_461_saysWhatToDo() {
    untilSetup();
    answer(461);
    assertThat(listener.failure.orElseThrow().message()).contains("RTP over TCP not offered");
  }

  @ParameterizedTest
  @CsvSource({"4-5, 4, 5", "9-10, 9, 10", "7, 7, 8", "1-0, 1, 0"})
  void setup_otherChannels_areUsed(String value, int rtp, int rtcp) {
    untilSetup();
    answer(200, "Session: 1", "Transport: RTP/AVP/TCP;unicast;interleaved=" + value);
    answer(200);
    frame(rtp, 96);
    frame(rtcp, 200);
    assertThat(listener.calls).endsWith("rtp 0", "rtcp 0");
    assertThat(deviations.seen()).contains("other channels than asked for");
  }

  @Test
  void setup_noTransport_assumesWhatWasAskedFor() {
    untilSetup();
    answer(200, "Session: 1");
    answer(200);
    frame(0, 96);
    assertThat(listener.calls).endsWith("rtp 0");
    assertThat(deviations.seen()).contains("SETUP answered without channels");
  }

  @Test
  void play_rangeRefused_repeatsWithout() {
    untilPlay();
    answer(457);
    assertThat(wire.request().header("Range")).isEmpty();
    answer(200);
    assertThat(listener.calls).endsWith("playing");
  }

  @Test
  void play_mediaFirst_isTaken() {
    untilSetup();
    frame(0, 96);
    answer(200, "Session: 12", "Transport: RTP/AVP/TCP;interleaved=0-1");
    frame(1, 200);
    frame(0, 96);
    answer(200);
    assertThat(listener.calls)
        .containsExactly("described", "starting", "rtcp 0", "rtp 0", "playing");
    assertThat(deviations.seen()).contains("media before the answer to PLAY");
  }

  @Test
  void play_notAnsweredThoughMediaComes_plays() {
    untilPlay();
    frame(0, 96);
    clock.advance(Duration.ofSeconds(11));
    session.tick();
    assertThat(listener.calls).endsWith("playing");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void handshake_noAnswer_timesOut(int answers) {
    session.connected();
    if (answers > 0) {
      answer(200, "");
    }
    if (answers > 1) {
      describe(SDP);
    }
    if (answers > 2) {
      answer(200, "Session: 1");
    }
    clock.advance(Duration.ofMillis(9_999));
    session.tick();
    assertThat(listener.failure).isEmpty();
    clock.advance(Duration.ofMillis(1));
    session.tick();
    assertThat(failure()).isEqualTo(Kind.TIMEOUT);
    String step = List.of("OPTIONS", "DESCRIBE", "SETUP", "PLAY").get(answers);
    assertThat(listener.failure.orElseThrow().step()).isEqualTo(step);
    assertThat(wire.methods().contains("TEARDOWN")).isEqualTo(answers > 2);
  }

  @Test
  void playing_unassignedChannel_isIgnored() {
    untilPlaying();
    frame(6, 96);
    assertThat(listener.calls).endsWith("playing");
    assertThat(deviations.seen()).contains("data on a channel that was not set up");
  }

  @Test
  void playing_swappedChannels_areToldApart() {
    untilPlaying();
    frame(1, 224);
    frame(0, 200);
    assertThat(listener.calls).endsWith("rtp 0", "rtcp 0");
    assertThat(deviations.seen()).contains("RTP and RTCP on swapped channels");
  }

  @Test
  void playing_noMedia_endsWithTeardown() {
    untilPlaying();
    frame(0, 96);
    clock.advance(Duration.ofMillis(9_900));
    frame(1, 200);
    session.tick();
    assertThat(listener.failure).isEmpty();
    clock.advance(Duration.ofMillis(100));
    session.tick();
    assertThat(failure()).isEqualTo(Kind.NO_MEDIA);
    assertThat(wire.methods()).endsWith("TEARDOWN");
    assertThat(wire.finished).isTrue();
  }

  @Test
  void playing_goodbye_endsWhenNothingFollows() {
    untilPlaying();
    frame(0, 96);
    session.received(20);
    session.interleaved(
        1,
        ByteBuffer.wrap(
            new byte[] {
              (byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1, (byte) 0x81, (byte) 203, 0, 1, 0, 0, 0, 1
            }));
    frame(0, 96);
    playFor(2);
    assertThat(listener.failure).isEmpty();
    session.interleaved(1, ByteBuffer.wrap(new byte[] {(byte) 0x81, (byte) 203, 0, 1, 0, 0, 0, 1}));
    clock.advance(Duration.ofSeconds(1));
    session.tick();
    assertThat(failure()).isEqualTo(Kind.STREAM_ENDED);
  }

  @Test
  void playing_heldBack_isNoLackOfMedia() {
    untilPlaying();
    clock.advance(Duration.ofSeconds(60));
    session.heldBack();
    session.tick();
    assertThat(listener.failure).isEmpty();
  }

  private void playFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      frame(0, 96);
      session.tick();
    }
  }

  @Test
  void playing_signsOfLife_comeInTime() {
    untilPlaying();
    playFor(29);
    assertThat(wire.methods()).doesNotContain("GET_PARAMETER");
    playFor(1);
    assertThat(wire.request().method()).isEqualTo("GET_PARAMETER");
    assertThat(wire.request().uri()).isEqualTo(URL);
    assertThat(wire.frames).containsExactly(1, 1, 1, 1, 1, 1);
    playFor(300);
    assertThat(listener.failure).isEmpty();
    assertThat(deviations.seen()).contains("keep-alive not answered");
  }

  @ParameterizedTest
  @CsvSource({"'12;timeout=20', 10", "'12;timeout=0', 30", "'12', 30", "'12;timeout=1', 1"})
  void playing_interval_followsTheTimeout(String value, int seconds) {
    untilSetup();
    answer(200, "Session: " + value);
    answer(200);
    playFor(seconds);
    assertThat(wire.methods()).contains("GET_PARAMETER");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 454, 501, 551})
  void playing_keepAliveRefused_turnsToOptions(int status) {
    untilPlaying();
    playFor(30);
    answer(status);
    playFor(30);
    assertThat(wire.request().method()).isEqualTo("OPTIONS");
    assertThat(listener.failure).isEmpty();
    assertThat(deviations.seen()).contains("keep-alive GET_PARAMETER answered with " + status);
  }

  @Test
  void playing_keepAliveChallenged_isAuthorized() {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    untilPlaying();
    playFor(30);
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", stale=true");
    assertThat(wire.request().header("Authorization")).isPresent();
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"2\"");
    assertThat(listener.failure).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"OPTIONS, 200", "GET_PARAMETER, 200", "ANNOUNCE, 200", "PLAY_NOTIFY, 501"})
  void playing_requestOfTheServer_isAnswered(String method, int status) {
    untilPlaying();
    session.message(RtspRequest.of(method, "*").with("CSeq", "77").with("Session", "12"));
    RtspResponse response = (RtspResponse) wire.sent.get(wire.sent.size() - 1);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("CSeq")).hasValue("77");
    assertThat(response.header("Session")).hasValue("12");
    assertThat(listener.failure).isEmpty();
  }

  @Test
  void playing_teardownOfTheServer_ends() {
    untilPlaying();
    session.message(RtspRequest.of("TEARDOWN", "*").with("CSeq", "77"));
    assertThat(failure()).isEqualTo(Kind.STREAM_ENDED);
  }

  @Test
  void playing_redirectOfTheServer_leaves() {
    untilPlaying();
    session.message(
        RtspRequest.of("REDIRECT", "*").with("CSeq", "7").with("Location", "rtsp://b/x"));
    assertThat(listener.redirect.map(RtspUrl::host)).hasValue("b");
    assertThat(wire.methods()).endsWith("TEARDOWN");
  }

  @Test
  void disconnected_kinds_areToldApart() {
    session.connected();
    session.disconnected(true);
    assertThat(failure()).isEqualTo(Kind.CLOSED);
    session = session(Optional.empty());
    untilPlaying();
    session.disconnected(true);
    assertThat(failure()).isEqualTo(Kind.STREAM_ENDED);
    session = session(Optional.empty());
    untilPlaying();
    session.disconnected(false);
    assertThat(failure()).isEqualTo(Kind.UNREACHABLE);
    session.disconnected(true);
    assertThat(listener.calls.stream().filter("ended"::equals).count()).isEqualTo(3);
  }

  @Test
  void connected_webServer_isNoCamera() {
    session.connected();
    answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    assertThat(failure()).isEqualTo(Kind.NOT_RTSP);
    assertThat(listener.failure.orElseThrow().message()).contains("HTTP/1.1 400 Bad Request");
  }

  @Test
  void connected_otherProtocol_isNoCamera() {
    session.connected();
    session.desynchronised("SSH-2.0-OpenSSH_9.2");
    assertThat(failure()).isEqualTo(Kind.NOT_RTSP);
    assertThat(listener.failure.orElseThrow().message()).contains("SSH-2.0-OpenSSH_9.2");
  }

  @Test
  void stop_inTheHandshake_justCloses() {
    session.connected();
    session.stop();
    assertThat(wire.closed).isTrue();
    session.disconnected(true);
    assertThat(listener.calls).isEmpty();
  }

  @Test
  void failures_everyKind_hasAnEvent() {
    for (Kind kind : Arrays.asList(Kind.values())) {
      RtspFailure failure = new RtspFailure(kind, "h:1", "play", 0, "m");
      assertThat(failure.event()).isNotNull();
    }
  }
}
