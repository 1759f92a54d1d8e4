package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.RtspRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the first request to PLAY. */
class RtspHandshakeTest extends RtspSessionRig {
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
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .containsExactly(Deviation.LINES_END_IN_LF);
  }

  @Test
  void handshake_bunny_takesTheChannelsOfTheServer() throws IOException {
    onlyVideo();
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
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .containsExactly(Deviation.SESSION_ID_CHANGES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "dahua | dahua_describe_h264_aac_onvif | dahua_setup | dahua_play |"
            + " rtsp://192.168.5.111:554/cam/realmonitor?channel=1&subtype=1&unicast=true&proto=Onvif/trackID=0"
            + " | rtsp://192.168.5.111:554/cam/realmonitor?channel=1&subtype=1&unicast=true&proto=Onvif/"
            + " | 816418535 | SESSION_ID_CHANGES",
        "gw | gw_main_describe | gw_main_setup_video | gw_main_play"
            + " | rtsp://192.168.1.110:5050/H264?channel=1&subtype=0&unicast=true&proto=Onvif/video"
            + " | rtsp://192.168.1.110:5050/H264?channel=1&subtype=0&unicast=true&proto=Onvif"
            + " | - | -",
        "hikvision | hikvision_describe | hikvision_setup | hikvision_play |"
            + " rtsp://192.168.5.106:554/Streaming/Channels/101/trackID=1?transportmode=unicast&profile=Profile_1"
            + " | rtsp://192.168.5.106:554/Streaming/Channels/101/?transportmode=unicast&profile=Profile_1"
            + " | 1286390737 | -",
        "ipcam | ipcam_describe | luckfox_rkipc_setup_tcp | gw_main_play"
            + " | rtsp://cam/live/trackID=1 | rtsp://cam/live"
            + " | 573855364 | SESSION_ID_CHANGES",
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
      Deviation deviation)
      throws IOException {
    onlyVideo();
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
    assertThat(
            deviations.seen().stream()
                .anyMatch(seen -> seen.deviation() == Deviation.SESSION_ID_CHANGES))
        .isEqualTo(deviation != null);
  }

  @Test
  void handshake_reolink_learnsTheSourceFromRtpInfo() throws IOException {
    onlyVideo();
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
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.RESPONSE_WITHOUT_CSEQ);
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
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.SDP_WITHOUT_CONTENT_TYPE, Deviation.OPTIONS_REFUSED);
  }

  @Test
  void describe_onlyOtherCodecs_namesThem() throws IOException {
    session.connected();
    answer(200, "");
    describe(SDP.replace("H264/90000", "JPEG/90000") + "m=audio 0 RTP/AVP 4\n");
    assertThat(failure()).isEqualTo(Kind.NO_VIDEO);
    assertThat(listener.failure.orElseThrow().message()).contains("only JPEG, G723");
  }

  @Test
  void describe_h265BesideAudio_setsUpTheVideo() throws IOException {
    session.connected();
    answer(200, "");
    answerFile("dahua_describe_h265_pcma.txt");
    assertThat(wire.request().method()).isEqualTo("SETUP");
    assertThat(wire.request().uri()).contains("trackID=0");
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

  @Test
  void describe_redirectedOutOfTls_ends() {
    session = session(Optional.empty(), "rtsps://cam/live");
    session.connected();
    answer(301, "Location: rtsp://cam/live");
    assertThat(failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(listener.failure.orElseThrow().message()).contains("not reached over TLS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other/x", "//other/x", "rtsp://"})
  void describe_redirectedElsewhere_ends(String location) {
    session.connected();
    answer(301, "Location: " + location);
    assertThat(failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(listener.failure.orElseThrow().message()).contains("redirected to no RTSP camera");
  }

  @Test
  void describe_redirectedToAPath_staysAtTheHost() {
    session.connected();
    answer(302, "Location: /stream2");
    assertThat(listener.redirect.map(RtspUrl::toString)).hasValue("rtsp://cam:554/stream2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WWW-Authenticate: Bearer realm=\"x\" | offered: bearer",
        "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\", algorithm=SHA-1 | offered: digest"
            + " SHA-1",
        "X: y | offered: none",
      })
  void handshake_loginThatIsUnknown_isNoWrongPassword(String challenge, String message) {
    session = session(Optional.of(RtspCredentials.of("admin", "geheim")));
    session.connected();
    answer(401, challenge);
    assertThat(failure()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(listener.failure.orElseThrow().message())
        .contains(message)
        .doesNotContain("refused")
        .doesNotContain("geheim");
  }

  @Test
  void describe_refusedAtLength_isToldInOneLine() {
    session.connected();
    answer(200, "");
    answer("RTSP/1.0 503 " + "x".repeat(3000) + "\r\nCSeq: 0\r\n\r\n");
    assertThat(listener.failure.orElseThrow().message())
        .contains("the camera is busy")
        .hasSizeLessThan(300);
  }

  @Test
  void describe_credentialsInTheDescription_areNotPassedOn() {
    session.connected();
    answer(200, "");
    describe(SDP.replace("trackID=1", "rtsp://root:geheim@cam/live/trackID=1"));
    assertThat(listener.details.orElseThrow().sdp())
        .contains("a=control:rtsp://cam/live/trackID=1")
        .doesNotContain("geheim");
    assertThat(wire.request().uri()).isEqualTo("rtsp://cam/live/trackID=1");
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
    assertThat(failure()).isEqualTo(Kind.TRANSPORT_REFUSED);
    assertThat(listener.failure.orElseThrow().message()).contains("chose another transport");
    assertThat(wire.methods()).endsWith("TEARDOWN");
  }

  @Test
  void setup_461_saysWhatToDo() {
    untilSetup();
    answer(461);
    assertThat(listener.failure.orElseThrow().message()).contains("transport not offered");
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
    assertThat(deviations.seen())
        .contains(
            new SeenDeviation(
                Deviation.OTHER_CHANNELS, 1, rtp + " and " + rtcp, "after SETUP, CSeq 3"));
  }

  @Test
  void setup_noTransport_assumesWhatWasAskedFor() {
    untilSetup();
    answer(200, "Session: 1");
    answer(200);
    frame(0, 96);
    assertThat(listener.calls).endsWith("rtp 0");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.SETUP_WITHOUT_CHANNELS);
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
    assertThat(deviations.seen())
        .contains(
            new SeenDeviation(
                Deviation.MEDIA_BEFORE_PLAY_ANSWERED,
                2,
                "RTCP packet of type 200 of track 0",
                "after PLAY, CSeq 4"));
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
}
