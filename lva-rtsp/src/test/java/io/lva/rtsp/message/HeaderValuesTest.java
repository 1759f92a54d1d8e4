package io.lva.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtsp.message.TransportHeader.Channels;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RTP/AVP/TCP;unicast;interleaved=0-1 | true | 0 | 1 | -1",
        // Luckfox: ssrc in front
        "RTP/AVP/TCP;ssrc=22345684;interleaved=0-1 | true | 0 | 1 | 573855364",
        // Escam Q6: no /TCP
        "RTP/AVP;unicast;interleaved=2-3;mode=\"PLAY\" | true | 2 | 3 | -1",
        "rtp/avp/tcp ; unicast ; interleaved = 4 - 5 | true | 4 | 5 | -1",
        "RTP/AVP/TCP;interleaved=9 | true | 9 | 10 | -1",
        "RTP/AVP/TCP;interleaved=255 | true | 255 | 255 | -1",
        // Hikvision: blank and seven digits
        "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc= d6d6627;mode=\"play\" | true | 0 | 1 | 225273383",
        "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=nonsense | true | 0 | 1 | -1",
        "RTP/AVP/TCP;interleaved=1-0 | true | 1 | 0 | -1",
      })
  void transport_variants_areRead(String value, boolean interleaved, int rtp, int rtcp, long ssrc) {
    TransportHeader transport = TransportHeader.parse(value).get(0);
    assertThat(transport.isInterleaved()).isEqualTo(interleaved);
    assertThat(transport.channels()).hasValue(new Channels(rtp, rtcp));
    assertThat(transport.ssrc().orElse(-1)).isEqualTo(ssrc);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTP/AVP/TCP;unicast",
        "RTP/AVP/TCP;interleaved",
        "RTP/AVP/TCP;interleaved=300-301",
        "RTP/AVP/TCP;interleaved=a-b",
      })
  void transport_withoutUsableChannels_hasNone(String value) {
    assertThat(TransportHeader.parse(value).get(0).channels()).isEmpty();
  }

  @Test
  void transport_alternatives_keepTheirOrder() {
    List<TransportHeader> offers =
        TransportHeader.parse(
            "RTP/AVP;unicast;client_port=8000-8001,RTP/AVP/TCP;unicast;interleaved=0-1");
    assertThat(offers).hasSize(2);
    assertThat(offers.get(0).isInterleaved()).isFalse();
    assertThat(offers.get(1)).isEqualTo(TransportHeader.interleaved(0));
    assertThat(offers.get(1).format()).isEqualTo("RTP/AVP/TCP;unicast;interleaved=0-1");
  }

  @Test
  void session_variants_areRead() {
    assertThat(SessionHeader.parse("12345678"))
        .hasValue(new SessionHeader("12345678", OptionalInt.empty()));
    assertThat(SessionHeader.parse("       708345999;timeout=60"))
        .hasValue(new SessionHeader("708345999", OptionalInt.of(60)));
    assertThat(SessionHeader.parse("9a90de54; timeout=120"))
        .hasValue(new SessionHeader("9a90de54", OptionalInt.of(120)));
    assertThat(SessionHeader.parse("a;timeout=0"))
        .hasValue(new SessionHeader("a", OptionalInt.of(0)));
    assertThat(SessionHeader.parse("a;timeout=forever"))
        .hasValue(new SessionHeader("a", OptionalInt.empty()));
    assertThat(SessionHeader.parse("a;timeout=999999999999"))
        .hasValue(new SessionHeader("a", OptionalInt.of(86_400)));
    assertThat(SessionHeader.parse(";timeout=3")).isEmpty();
    assertThat(SessionHeader.parse(" ")).isEmpty();
  }

  @Test
  void rtpInfo_variants_areRead() {
    assertThat(RtpInfo.parse("url=rtsp://h/a?b;c=d,e/trackID=1;seq=2;rtptime=3"))
        .containsExactly(
            new RtpInfo(
                "rtsp://h/a?b;c=d,e/trackID=1",
                OptionalLong.of(2),
                OptionalLong.of(3),
                OptionalLong.empty()));
    assertThat(RtpInfo.parse("url=trackID=1;seq=16852;rtptime=x;ssrc=dcc4a0d8, url=trackID=2;"))
        .containsExactly(
            new RtpInfo(
                "trackID=1",
                OptionalLong.of(16852),
                OptionalLong.empty(),
                OptionalLong.of(0xdcc4a0d8L)),
            new RtpInfo(
                "trackID=2;", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    assertThat(RtpInfo.parse("seq=1")).isEmpty();
  }

  @Test
  void challenge_severalInOneField_areSeparated() {
    List<Challenge> challenges =
        Challenge.parse(
            "Digest realm=\"a, b=c\", nonce = \"n\",stale=\"FALSE\", algorithm=\"MD5\","
                + " Basic realm=x, Negotiate");
    assertThat(challenges)
        .extracting(Challenge::scheme)
        .containsExactly("digest", "basic", "negotiate");
    assertThat(challenges.get(0).parameter("realm")).hasValue("a, b=c");
    assertThat(challenges.get(0).parameter("nonce")).hasValue("n");
    assertThat(challenges.get(0).parameter("algorithm")).hasValue("MD5");
    assertThat(challenges.get(0).isStale()).isFalse();
    assertThat(challenges.get(1).parameter("realm")).hasValue("x");
  }

  @Test
  void seedsAndMutations_neverFail() throws IOException {
    Random random = new Random(7);
    for (String target :
        List.of(
            "header-rtp-info", "header-session", "header-transport", "header-www-authenticate")) {
      for (Path seed : SharedData.files("testdata/fuzz-seeds/" + target)) {
        for (int round = 0; round < 500; round++) {
          byte[] bytes = Mutation.of(Files.readAllBytes(seed), random);
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          RtpInfo.parse(text);
          Challenge.parse(text).forEach(Challenge::isStale);
          Optional<SessionHeader> session = SessionHeader.parse(text);
          assertThat(session.map(SessionHeader::id).orElse("x")).isNotEmpty();
          for (TransportHeader transport : TransportHeader.parse(text)) {
            assertThat(transport.channels().map(Channels::rtp).orElse(0)).isBetween(0, 255);
            assertThat(transport.ssrc().orElse(0)).isBetween(0L, 0xffffffffL);
          }
        }
      }
    }
  }
}
