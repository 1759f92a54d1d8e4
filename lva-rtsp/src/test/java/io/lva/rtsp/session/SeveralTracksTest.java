package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lva.media.MediaType;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions with sound and metadata beside their pictures. */
class SeveralTracksTest extends RtspSessionRig {
  private static final String AUDIO = "m=audio 0 RTP/AVP 8\na=control:trackID=2\n";
  private static final String METADATA =
      "m=application 0 RTP/AVP 107\na=rtpmap:107 vnd.onvif.metadata/90000\na=control:trackID=3\n";
  private static final String BOTH = "interleaved=%d-%d";

  private void describeTracks(String sdp) {
    session.connected();
    answer(200, "Public: OPTIONS");
    describe(sdp, "Content-Type: application/sdp");
  }

  private void answerSetup(int channel) {
    answer(
        200,
        "Session: 12;timeout=60",
        "Transport: RTP/AVP/TCP;unicast;" + BOTH.formatted(channel, channel + 1));
  }

  private List<String> setUp() {
    return wire.sent.stream()
        .filter(RtspRequest.class::isInstance)
        .map(RtspRequest.class::cast)
        .filter(request -> request.method().equals("SETUP"))
        .map(request -> request.uri().substring(request.uri().lastIndexOf('/') + 1))
        .toList();
  }

  private List<Integer> received() {
    return listener.formats.stream().map(TrackFormat::track).toList();
  }

  @Test
  void setup_audioBesideVideo_bothArePlayed() {
    describeTracks(SDP + AUDIO + METADATA);
    answerSetup(0);
    assertThat(wire.request().header("Transport")).hasValue("RTP/AVP/TCP;unicast;interleaved=2-3");
    answerSetup(2);
    answer(200, "Session: 12");

    assertThat(wire.methods()).endsWith("SETUP", "SETUP", "PLAY");
    assertThat(setUp()).containsExactly("trackID=1", "trackID=2");
    assertThat(received()).containsExactly(0, 1);
    assertThat(listener.calls).endsWith("playing");
  }

  @Test
  void setup_onlyVideoIsWanted_audioIsNotSetUp() {
    onlyVideo();
    describeTracks(SDP + AUDIO);
    answerSetup(0);

    assertThat(wire.request().method()).isEqualTo("PLAY");
    assertThat(setUp()).containsExactly("trackID=1");
  }

  @Test
  void setup_onlyAudioIsWanted_videoIsNotSetUp() {
    session =
        session(
            RtspOptions.of(RtspUrl.parse(URL)).withMedia(Set.of(MediaType.AUDIO)),
            Optional.empty());
    describeTracks(SDP + AUDIO);
    answerSetup(0);

    assertThat(setUp()).containsExactly("trackID=2");
    assertThat(received()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"403", "453", "461", "503"})
  void setup_audioRefused_videoIsPlayed(int status) {
    describeTracks(SDP + AUDIO);
    answerSetup(0);
    answer(status, "");
    answer(200, "Session: 12");

    assertThat(listener.calls).endsWith("playing");
    assertThat(received()).containsExactly(0);
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation, SeenDeviation::evidence)
        .contains(tuple(Deviation.TRACK_LEFT_OUT, "audio track (PCMA) refused with " + status));
  }

  @Test
  void setup_audioOnTheChannelsOfVideo_audioIsLeftOut() {
    describeTracks(SDP + AUDIO);
    answerSetup(0);
    answerSetup(0);
    answer(200, "Session: 12");
    frame(0, 96);

    assertThat(received()).containsExactly(0);
    assertThat(listener.calls).endsWith("playing", "rtp 0");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.CHANNELS_SHARED);
  }

  @Test
  void play_refusedUntilAllTracksAreSetUp_setsUpTheRest() {
    describeTracks(SDP + AUDIO + METADATA);
    answerSetup(0);
    answerSetup(2);
    answer(455, "");
    assertThat(wire.request().uri()).endsWith("trackID=3");
    answerSetup(4);
    answer(200, "Session: 12");

    assertThat(setUp()).containsExactly("trackID=1", "trackID=2", "trackID=3");
    assertThat(listener.calls).endsWith("playing");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation, SeenDeviation::evidence)
        .contains(tuple(Deviation.PLAY_NEEDS_EVERY_TRACK, "status 455"));
  }

  @Test
  void play_refusedWithAllTracksSetUp_ends() {
    describeTracks(SDP + AUDIO);
    answerSetup(0);
    answerSetup(2);
    answer(455, "");

    assertThat(failure()).isEqualTo(Kind.REQUEST_REFUSED);
  }

  @Test
  void setup_backChannel_isNotSetUp() {
    describeTracks(
        SDP + "a=recvonly\n" + "m=audio 0 RTP/AVP 0\na=control:trackID=5\na=sendonly\n" + AUDIO);
    answerSetup(0);
    answerSetup(2);

    assertThat(setUp()).containsExactly("trackID=1", "trackID=2");
  }

  @Test
  void setup_sidesConfused_audioIsSetUp() {
    describeTracks(SDP + "a=sendonly\n" + AUDIO + "a=sendonly\n");
    answerSetup(0);
    answerSetup(2);

    assertThat(setUp()).containsExactly("trackID=1", "trackID=2");
  }

  @Test
  void tick_audioAloneGoesOn_endsForWantOfPictures() {
    describeTracks(SDP + AUDIO);
    answerSetup(0);
    answerSetup(2);
    answer(200, "Session: 12");
    frame(0, 96);
    for (int i = 0; i < 12; i++) {
      clock.advance(Duration.ofSeconds(1));
      frame(2, 8);
      session.tick();
    }

    assertThat(failure()).isEqualTo(Kind.NO_MEDIA);
  }

  @Test
  void tick_playing_reportsOnEachTrack() {
    describeTracks(SDP + AUDIO);
    answerSetup(0);
    answerSetup(2);
    answer(200, "Session: 12");
    frame(0, 96);
    clock.advance(Duration.ofSeconds(6));
    session.tick();

    assertThat(wire.frames).containsExactly(1, 3);
  }

  @Test
  void handshake_gwSecurity_setsUpBothTracks() throws IOException {
    session.connected();
    answer(200, "");
    answerFile("gw_main_describe.txt");
    answerFile("gw_main_setup_video.txt");
    assertThat(wire.request().uri()).endsWith("/audio");
    answerFile("gw_main_setup_audio.txt");
    answerFile("gw_main_play.txt");

    assertThat(listener.calls).endsWith("playing");
    assertThat(listener.formats).extracting(TrackFormat::encoding).containsExactly("H264", "PCMU");
    RtspMessage play = wire.sent.get(wire.sent.size() - 1);
    assertThat(((RtspRequest) play).method()).isEqualTo("PLAY");
  }
}
