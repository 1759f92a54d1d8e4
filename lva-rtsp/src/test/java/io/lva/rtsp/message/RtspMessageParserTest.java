package io.lva.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspMessageParserTest {
  private final Deviations deviations = new Deviations();
  private final RtspMessageParser parser = new RtspMessageParser(RtspLimits.DEFAULT, deviations);

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private RtspMessage parse(String text) {
    return parser.parse(bytes(text)).orElseThrow();
  }

  private RtspResponse response(String text) {
    return (RtspResponse) parse(text);
  }

  @Test
  void parse_responseWithBody_hasAllParts() {
    RtspResponse response =
        response("RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Length: 3\r\nX-A: b \r\n\r\nabc");
    assertThat(response.version()).isEqualTo("RTSP/1.0");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.reason()).isEqualTo("OK");
    assertThat(response.sequence()).hasValue(7);
    assertThat(response.header("x-a")).hasValue("b");
    assertThat(response.bodyText()).isEqualTo("abc");
    assertThat(deviations.seen()).isEmpty();
  }

  @Test
  void parse_request_hasAllParts() {
    RtspRequest request =
        (RtspRequest) parse("DESCRIBE rtsp://h/p?a=b RTSP/1.0\r\nCSeq: 1\r\n\r\n");
    assertThat(request.method()).isEqualTo("DESCRIBE");
    assertThat(request.uri()).isEqualTo("rtsp://h/p?a=b");
    assertThat(request.body()).isEqualTo(Bytes.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTSP/1.0 200 OK\nCSeq: 7\n\n",
        "RTSP/1.0 200 OK\r\nCSeq: 7\n\r\n",
        "\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: 7\r\n\r\n",
        "\n \r\nRTSP/1.0 200 OK\r\nCSeq: 7\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 7   \r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq :7\r\n\r\n",
        "RTSP/1.0  200  OK \r\ncseq:\t7\r\n\r\n",
        "rtsp/1.0 200 OK\r\nCSEQ: 7\r\n\r\n",
        "RTSP/1.0 200 OK\r\nno colon\r\nCSeq: 7\r\n\r\n",
        "RTSP/1.0 200 OK\r\n: no name\r\nCSeq: 7\r\n\r\n",
        "RTSP/1.0 200 OK\r\n CSeq: 7\r\n\r\n",
        "RTSP/1.0 200 OK\r\r\nCSeq: 7\r\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Length: nonsense\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Length: -1\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Length:\r\n\r\n",
      })
  void parse_sloppyResponse_isUnderstood(String text) {
    RtspResponse response = response(text);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.reason()).isEqualTo("OK");
    assertThat(response.version()).isEqualTo("RTSP/1.0");
    assertThat(response.sequence()).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RTSP/1.0 401", "RTSP/1.0 401 ", "RTSP/2.0 401"})
  void parse_missingReason_isEmpty(String line) {
    RtspResponse response = response(line + "\r\n\r\n");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEmpty();
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .containsExactly(Deviation.STATUS_LINE_WITHOUT_REASON);
  }

  @Test
  void parse_foldedField_isOneValue() {
    RtspResponse response = response("RTSP/1.0 200 OK\r\nPublic: OPTIONS,\r\n\tPLAY\r\n\r\n");
    assertThat(response.header("public")).hasValue("OPTIONS, PLAY");
  }

  @Test
  void parse_repeatedField_keepsBoth() {
    RtspResponse response =
        response("RTSP/1.0 401 No\r\nWWW-Authenticate: Basic\r\nWww-authenticate: Digest\r\n\r\n");
    assertThat(response.headers().all("WWW-Authenticate")).containsExactly("Basic", "Digest");
  }

  @Test
  void parse_controlCharacters_becomeBlanks() {
    RtspResponse response = response("RTSP/1.0 200 a\u0001b\r\nX: a\u0000b\rc\r\n\r\n");
    assertThat(response.reason()).isEqualTo("a b");
    assertThat(response.header("x")).hasValue("a b c");
  }

  @Test
  void parse_webServer_isToldByItsVersion() {
    assertThat(response("HTTP/1.1 400 Bad Request\r\n\r\n").version()).isEqualTo("HTTP/1.1");
  }

  @Test
  void parse_requestUriWithBlank_isEncoded() {
    RtspRequest request = (RtspRequest) parse("PLAY rtsp://h/a b RTSP/1.0\r\n\r\n");
    assertThat(request.uri()).isEqualTo("rtsp://h/a%20b");
  }

  @Test
  void parse_anyCut_givesTheSameMessages() {
    String text =
        "RTSP/1.0 200 OK\r\nContent-Length: 4\r\n\r\n\r\na\nOPTIONS * RTSP/1.0\r\nA: b\r\n\r\n";
    byte[] whole = text.getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut < whole.length; cut++) {
      List<RtspMessage> messages = new ArrayList<>();
      for (ByteBuf part :
          List.of(
              Unpooled.wrappedBuffer(whole, 0, cut),
              Unpooled.wrappedBuffer(whole, cut, whole.length - cut))) {
        while (part.isReadable()) {
          parser.parse(part).ifPresent(messages::add);
        }
      }
      assertThat(messages).hasSize(2);
      assertThat(messages.get(0).bodyText()).isEqualTo("\r\na\n");
      assertThat(messages.get(1).header("a")).hasValue("b");
    }
  }

  @Test
  void parse_twoMessages_stopsBetween() {
    ByteBuf input = bytes("RTSP/1.0 200 OK\r\n\r\nRTSP/1.0 404 X\r\n\r\n");
    assertThat(parser.parse(input).map(RtspResponse.class::cast).map(RtspResponse::status))
        .hasValue(200);
    assertThat(parser.isWithinMessage()).isFalse();
    assertThat(parser.parse(input).map(RtspResponse.class::cast).map(RtspResponse::status))
        .hasValue(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "RTSP/1.0 abc OK\r\n\r\n",
        "RTSP/1.0\r\n\r\n",
        "RTSP/1.0 99999999999999999999 OK\r\n\r\n",
        "GET / FTP/1.0\r\n\r\n",
        "0 rtsp:# RTSP/1.0\r\n\r\n"
      })
  void parse_noMessage_throws(String text) {
    assertThatThrownBy(() -> parser.parse(bytes(text))).isInstanceOf(RtspParseException.class);
    assertThat(parser.isWithinMessage()).isFalse();
    assertThat(response("RTSP/1.0 200 OK\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  void parse_beyondLimits_throws() {
    RtspLimits small = new RtspLimits(20, 2, 10, 100);
    for (String text :
        List.of(
            "RTSP/1.0 200 a line that is too long\r\n",
            "RTSP/1.0 200 a line that is too long and has no end",
            "RTSP/1.0 200 OK\r\nA: b\r\nC: d\r\nE: f\r\n\r\n",
            "RTSP/1.0 200 OK\r\nA: 0123456789\r\n 0123456789\r\n\r\n",
            "RTSP/1.0 200 OK\r\nContent-Length: 11\r\n\r\n")) {
      RtspMessageParser limited = new RtspMessageParser(small, deviations);
      assertThatThrownBy(() -> limited.parse(bytes(text))).isInstanceOf(RtspParseException.class);
    }
  }

  @Test
  void write_thenParse_givesTheSameMessage() {
    RtspRequest request =
        RtspRequest.of("SET_PARAMETER", "rtsp://h/p")
            .with("CSeq", "3")
            .withBody("text/parameters", Bytes.copyOf("a: b".getBytes(StandardCharsets.UTF_8)));
    RtspResponse response = RtspResponse.of(200, "OK").with("CSeq", "3");
    ByteBuf wire = Unpooled.buffer();
    RtspMessageWriter.write(request, wire);
    RtspMessageWriter.write(response, wire);
    RtspRequest parsed = (RtspRequest) parser.parse(wire).orElseThrow();
    assertThat(parsed.method()).isEqualTo("SET_PARAMETER");
    assertThat(parsed.body()).isEqualTo(request.body());
    assertThat(parsed.header("Content-Length")).hasValue("4");
    assertThat(parser.parse(wire)).isEqualTo(Optional.of(response));
  }

  @Test
  void write_lineBreakInValue_isRefused() {
    RtspRequest request = RtspRequest.of("PLAY", "rtsp://h/p").with("A", "b\r\nC: d");
    assertThatThrownBy(() -> RtspMessageWriter.write(request, Unpooled.buffer()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_credentials_areMasked() {
    String text =
        RtspRequest.of("PLAY", "rtsp://user:pass@h/p")
            .with("Authorization", "Basic abc")
            .toString();
    assertThat(text).doesNotContain("pass").doesNotContain("abc").contains("rtsp://h/p");
  }
}
