package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Bytes;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import io.lva.rtsp.message.TransportHeader;
import io.lva.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspRequestsTest {
  private static final String PATTERN = "rtsp://host:8554/pattern";
  private static final String TRACK = PATTERN + "/trackID=0";
  private static final String INTERLEAVED = "RTP/AVP/TCP;unicast;interleaved=0-1";

  private final Contexts.ManualClock clock = new Contexts.ManualClock();
  private final SimulatorContext context = Contexts.pattern(clock, new Faults(), false);
  private final FakeStreams streams = new FakeStreams();
  private final RtspRequests handler = new RtspRequests(context, streams, new SplittableRandom(1));
  private int sequence;

  /** Notes what is played. */
  private final class FakeStreams implements RtspRequests.Streams {
    final List<TransportHeader.Channels> assigned = new ArrayList<>();

    @Override
    public void assign(TransportHeader.Channels channels) {
      assigned.add(channels);
    }

    @Override
    public void play(ServerSession session) {
      MediaSource.Start start = session.source().start(context.clock().utcNanos(), false);
      session
          .channels()
          .keySet()
          .forEach(number -> session.playouts().put(number, playout(session, number, start)));
      session.play();
    }

    private Playout playout(ServerSession session, int number, MediaSource.Start start) {
      MediaTrack track = session.source().tracks().get(number);
      RtpStream stream =
          new RtpStream(
              new RecordingOutput(),
              context.faults(),
              context.counters(),
              new SplittableRandom(1),
              number,
              track.clockRate(),
              0);
      return new Playout(track, start, stream, context.faults(), context.counters(), true);
    }

    @Override
    public void stop(ServerSession session) {
      session.pause();
    }
  }

  @Test
  void handle_options_listsMethodsAndEchoesSequence() {
    RtspResponse response = handler.handle(request("OPTIONS", "*"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("CSeq")).hasValue("1");
    assertThat(response.headers().first("Public").orElse("")).contains("DESCRIBE", "GET_PARAMETER");
  }

  @Test
  void handle_describe_tellsParametersAndContentBase() {
    RtspResponse response =
        handler.handle(request("DESCRIBE", "rtsp://cam:secret@host:8554/pattern/"));
    String text = new String(response.body().toByteArray(), StandardCharsets.UTF_8);
    SessionDescription description =
        SessionDescription.parse(text, (deviation, evidence, first, second) -> {});

    assertThat(response.headers().first("Content-Base")).hasValue(PATTERN + "/");
    assertThat(response.headers().first("Content-Type")).hasValue("application/sdp");
    assertThat(description.media()).hasSize(1);
    assertThat(description.media().get(0).control()).hasValue("trackID=0");
    assertThat(description.media().get(0).formatParameters(96))
        .containsEntry("packetization-mode", "1")
        .containsEntry("profile-level-id", "42c01e")
        .containsKey("sprop-parameter-sets");
  }

  @ParameterizedTest
  @CsvSource({
    "DESCRIBE, rtsp://host/nothing, 404",
    "DESCRIBE, rtsp://host/media/notes.txt, 415",
    "DESCRIBE, rtsp://host/media/%zz, 404",
    "SETUP, rtsp://host/nothing, 404",
    "SETUP, rtsp://host/pattern, 400",
    "PLAY, rtsp://host/pattern, 454",
    "PAUSE, rtsp://host/pattern, 454",
    "TEARDOWN, rtsp://host/pattern, 454",
    "GET_PARAMETER, rtsp://host/pattern, 200",
    "ANNOUNCE, rtsp://host/pattern, 405",
    "RECORD, rtsp://host/pattern, 405",
    "DANCE, rtsp://host/pattern, 501"
  })
  void handle_withoutSession_answersWithStatus(String method, String uri, int status) {
    assertThat(handler.handle(request(method, uri)).status()).isEqualTo(status);
  }

  @Test
  void handle_noSequenceNumber_isBad() {
    RtspResponse response = handler.handle(RtspRequest.of("OPTIONS", "*"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers().first("CSeq")).isEmpty();
  }

  @Test
  void handle_otherVersionOrUnknownOption_isRefused() {
    RtspRequest plain = request("DESCRIBE", PATTERN);
    RtspRequest version2 =
        new RtspRequest("DESCRIBE", PATTERN, "RTSP/2.0", plain.headers(), Bytes.empty());
    RtspResponse required =
        handler.handle(plain.with("Require", "www.onvif.org/ver20/backchannel"));

    assertThat(handler.handle(version2).status()).isEqualTo(505);
    assertThat(required.status()).isEqualTo(551);
    assertThat(required.headers().first("Unsupported")).hasValue("www.onvif.org/ver20/backchannel");
    assertThat(handler.handle(plain.with("Accept", "text/html")).status()).isEqualTo(406);
  }

  @ParameterizedTest
  @CsvSource({
    "RTP/AVP/TCP;unicast;interleaved=0-1, 200, RTP/AVP/TCP;unicast;interleaved=0-1",
    "RTP/AVP/TCP;interleaved=10-11, 200, RTP/AVP/TCP;unicast;interleaved=10-11",
    "RTP/AVP/TCP;unicast, 200, RTP/AVP/TCP;unicast;interleaved=0-1",
    "'RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;unicast;interleaved=2-3', 200,"
        + " RTP/AVP/TCP;unicast;interleaved=2-3",
    "RTP/AVP;unicast;client_port=5000-5001, 461, ''",
    "RTP/AVP/TCP;multicast, 461, ''",
    "RTP/AVP/TCP;unicast;interleaved=5-5, 400, ''",
    "RTP/AVP/TCP;unicast;interleaved=300-301, 400, ''"
  })
  void handle_setup_choosesTransport(String offered, int status, String chosen) {
    RtspResponse response = handler.handle(request("SETUP", TRACK).with("Transport", offered));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().first("Transport").orElse("")).isEqualTo(chosen);
  }

  @Test
  void handle_twoSessions_getDifferentChannels() {
    setup();
    RtspResponse clash = handler.handle(request("SETUP", TRACK).with("Transport", INTERLEAVED));
    RtspResponse free =
        handler.handle(request("SETUP", TRACK).with("Transport", "RTP/AVP/TCP;unicast"));

    assertThat(clash.status()).isEqualTo(400);
    assertThat(free.headers().first("Transport").orElse("")).endsWith("interleaved=2-3");
  }

  @Test
  void handle_play_tellsFirstPacketAndKeepsSession() {
    String session = setup();
    RtspResponse response = handler.handle(request("PLAY", PATTERN + "/").with("Session", session));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Session")).hasValue(session + ";timeout=60");
    assertThat(response.headers().first("RTP-Info").orElse(""))
        .matches("url=rtsp://host:8554/pattern/trackID=0;seq=\\d+;rtptime=\\d+");
    assertThat(status("GET_PARAMETER", session)).isEqualTo(200);
    assertThat(status("PAUSE", session)).isEqualTo(200);
    assertThat(status("PLAY", session)).isEqualTo(200);
    assertThat(status("TEARDOWN", session)).isEqualTo(200);
    assertThat(status("PLAY", session)).isEqualTo(454);
  }

  @Test
  void handle_twoTracks_areDescribedSetUpAndPlayedTogether() {
    String source = PATTERN + "-with-sound";
    RtspResponse described = handler.handle(request("DESCRIBE", source));
    String text = new String(described.body().toByteArray(), StandardCharsets.UTF_8);
    SessionDescription description =
        SessionDescription.parse(text, (deviation, evidence, first, second) -> {});
    assertThat(description.media())
        .extracting(media -> media.control().orElse(""))
        .containsExactly("trackID=0", "trackID=1");
    assertThat(description.media().get(1).find("PCMU")).isPresent();

    RtspRequest first = request("SETUP", source + "/trackID=0").with("Transport", INTERLEAVED);
    String session =
        handler
            .handle(first)
            .headers()
            .first("Session")
            .flatMap(SessionHeader::parse)
            .orElseThrow()
            .id();
    RtspRequest clash = request("SETUP", source + "/trackID=1").with("Session", session);
    RtspRequest second = request("SETUP", source + "/trackID=1").with("Session", session);
    RtspRequest whole = request("SETUP", source).with("Transport", INTERLEAVED);
    RtspRequest unknown = request("SETUP", source + "/trackID=2").with("Transport", INTERLEAVED);

    assertThat(handler.handle(clash.with("Transport", INTERLEAVED)).status()).isEqualTo(400);
    assertThat(
            handler
                .handle(second.with("Transport", "RTP/AVP/TCP;unicast;interleaved=2-3"))
                .status())
        .isEqualTo(200);
    assertThat(handler.handle(whole).status()).isEqualTo(459);
    assertThat(handler.handle(unknown).status()).isEqualTo(404);
    RtspResponse played = handler.handle(request("PLAY", source).with("Session", session));
    assertThat(played.headers().first("RTP-Info").orElse(""))
        .matches("url=.*/trackID=0;seq=\\d+;rtptime=\\d+,url=.*/trackID=1;seq=\\d+;rtptime=\\d+");
  }

  @Test
  void handle_setupWhilePlaying_isNotValid() {
    String session = setup();
    assertThat(status("PLAY", session)).isEqualTo(200);

    RtspRequest again = request("SETUP", TRACK).with("Session", session);
    assertThat(handler.handle(again.with("Transport", INTERLEAVED)).status()).isEqualTo(455);
  }

  @Test
  void handle_parametersInTheBody_areNotUnderstood() {
    Bytes body = Bytes.copyOf("packets_received\r\n".getBytes(StandardCharsets.UTF_8));

    assertThat(
            handler
                .handle(request("GET_PARAMETER", PATTERN).withBody("text/parameters", body))
                .status())
        .isEqualTo(451);
  }

  @Test
  void handle_manySessions_areLimited() {
    for (int i = 0; i < 8; i++) {
      assertThat(
              handler
                  .handle(request("SETUP", TRACK).with("Transport", "RTP/AVP/TCP;unicast"))
                  .status())
          .isEqualTo(200);
    }
    assertThat(
            handler
                .handle(request("SETUP", TRACK).with("Transport", "RTP/AVP/TCP;unicast"))
                .status())
        .isEqualTo(453);
  }

  private String setup() {
    RtspResponse response = handler.handle(request("SETUP", TRACK).with("Transport", INTERLEAVED));
    assertThat(streams.assigned).contains(new TransportHeader.Channels(0, 1));
    return response.headers().first("Session").flatMap(SessionHeader::parse).orElseThrow().id();
  }

  private int status(String method, String session) {
    return handler.handle(request(method, PATTERN).with("Session", session)).status();
  }

  private RtspRequest request(String method, String uri) {
    return RtspRequest.of(method, uri).with("CSeq", String.valueOf(++sequence));
  }
}
