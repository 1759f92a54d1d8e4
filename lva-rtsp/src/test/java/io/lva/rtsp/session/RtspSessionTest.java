package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From PLAY to the end of a connection. */
class RtspSessionTest extends RtspSessionRig {
  private void playFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      frame(0, 96);
      session.tick();
    }
  }

  @Test
  void playing_unassignedChannel_isIgnored() {
    untilPlaying();
    frame(6, 96);
    assertThat(listener.calls).endsWith("playing");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.CHANNEL_NOT_SET_UP);
  }

  @Test
  void playing_swappedChannels_areToldApart() {
    untilPlaying();
    frame(1, 224);
    frame(0, 200);
    assertThat(listener.calls).endsWith("rtp 0", "rtcp 0");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.SWAPPED_CHANNELS);
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
    transport()
        .frame(
            1,
            ByteBuffer.wrap(
                new byte[] {
                  (byte) 0x80,
                  (byte) 201,
                  0,
                  1,
                  0,
                  0,
                  0,
                  1,
                  (byte) 0x81,
                  (byte) 203,
                  0,
                  1,
                  0,
                  0,
                  0,
                  1
                }));
    frame(0, 96);
    playFor(2);
    assertThat(listener.failure).isEmpty();
    transport().frame(1, ByteBuffer.wrap(new byte[] {(byte) 0x81, (byte) 203, 0, 1, 0, 0, 0, 1}));
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
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.KEEP_ALIVE_NOT_ANSWERED);
  }

  @Test
  void playing_nonceThatChangesAgainAndAgain_isAnsweredEachTime() {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    untilPlaying();
    for (int nonce = 1; nonce < 5; nonce++) {
      playFor(30);
      answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"" + nonce + "\"");
      assertThat(wire.request().method()).isEqualTo("GET_PARAMETER");
      assertThat(wire.request().header("Authorization").orElseThrow())
          .contains("nonce=\"" + nonce + "\"");
      answer(200, "Session: 12");
    }
  }

  @Test
  void playing_keepAliveRefusedOnce_isAuthorizedTheNextTime() {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    untilPlaying();
    playFor(30);
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\"");
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"2\"");
    playFor(30);
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"3\"");
    assertThat(wire.request().header("Authorization").orElseThrow()).contains("nonce=\"3\"");
    assertThat(listener.failure).isEmpty();
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
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation, SeenDeviation::evidence)
        .contains(tuple(Deviation.KEEP_ALIVE_REFUSED, "GET_PARAMETER, status " + status));
  }

  @Test
  void playing_keepAliveChallenged_isAuthorized() {
    session = session(Optional.of(RtspCredentials.of("admin", "pw")));
    untilPlaying();
    playFor(30);
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", stale=true");
    assertThat(wire.request().header("Authorization")).isPresent();
    answer(401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"2\"");
    playFor(30);
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.KEEP_ALIVE_UNAUTHORIZED)
        .doesNotContain(Deviation.KEEP_ALIVE_NOT_ANSWERED);
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
  void answer_redirectInAngleBrackets_isFollowed() {
    session.connected();
    answer(302, "Location: <rtsp://b:8554/x>");
    assertThat(listener.redirect.map(RtspUrl::requestUri)).hasValue("rtsp://b:8554/x");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.URL_IN_BRACKETS);
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
  void stop_whilePlaying_waitsForNoAnswer() {
    untilPlaying();
    session.stop();
    assertThat(wire.methods()).endsWith("TEARDOWN");
    assertThat(wire.finished).isTrue();
    session.tick();
    answer(200, "Session: 12");
    assertThat(wire.closed).as("earlier when it is answered").isTrue();
    assertThat(listener.failure).isEmpty();
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
      assertThat(failure.event("rtsp://camera")).isNotNull();
    }
  }
}
