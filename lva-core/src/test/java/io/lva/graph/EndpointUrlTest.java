package io.lva.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://user:secret@cam/1, secret",
    "rtsp://user:sec/ret@cam/1, sec/ret",
    "rtsp://user:sec?ret@cam/1, sec?ret",
    "rtsp://user:sec#ret@cam/1, sec#ret",
    "rtsp://user:sec@ret@cam/1, sec@ret",
    "rtsp://user:123456/7@cam/1, 123456/7",
    "rtsp://user:sec%2Fret@cam/1, sec/ret",
  })
  void parse_userPart_keptApart(String text, String password) {
    EndpointUrl url = EndpointUrl.parse(text);
    assertThat(url).hasToString("rtsp://cam/1");
    assertThat(url.uri()).hasToString("rtsp://cam/1");
    assertThat(url.host()).isEqualTo("cam");
    assertThat(url.embeddedCredentials())
        .contains(UsernamePasswordCredentials.of("user", password));
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://user:1234/5678@10.0.0.1/1, 1234/5678",
    "rtsp://user:1234#5678@cam:554/1, 1234#5678",
    "rtsp://user:/secret@10.0.0.1/1, /secret",
    "rtsp://user:#secret#@cam:554/1, #secret#",
    "rtsp://user://a//@10.0.0.1:554/1, //a//",
    "rtsp://user:?@10.0.0.1/1, ?",
  })
  void parse_passwordThatReadsLikeAPortOrPath_keptApart(String text, String password) {
    EndpointUrl url = EndpointUrl.parse(text);
    assertThat(url.embeddedCredentials().orElseThrow().username()).isEqualTo(Value.of("user"));
    assertThat(url.toString()).doesNotContain(password).endsWith("/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://cam/a@b",
        "rtsp://cam:554/a?to=x@y",
        "rtsp://cam:/a@b.org",
        "rtsp://10.0.0.1:554/a@10.0.0.2:554/b",
        "rtsp://relay:8554/rtsp://a@10.0.0.1:554/b",
        "rtsp://[fe80::1]:554/a@b",
        "rtsp://${host}/a@b",
        "rtsp://${host}:${port}/a@b",
        "${url}",
        "a@b",
      })
  void withoutUserInfo_atBehindTheHost_staysAsItIs(String text) {
    assertThat(EndpointUrl.withoutUserInfo(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://${user}:${password}@${host}/1",
        "rtsp://user:a/b@${host}/1",
        " rtsp://user:a@b/c@${host}/1"
      })
  void withoutUserInfo_parameters_userPartRemoved(String text) {
    assertThat(EndpointUrl.withoutUserInfo(text).strip())
        .startsWith("rtsp://")
        .doesNotContain("user")
        .doesNotContain("password");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://cam/a[0], rtsp://cam/a%5B0%5D",
    "rtsp://cam/a?b[0]=1, rtsp://cam/a?b%5B0%5D=1",
    "rtsp://cam/a#b#c, rtsp://cam/a#b%23c",
    "rtsp://cam/a b%2fc%, rtsp://cam/a%20b%2fc%25",
    "rtsp://[fe80::1]:554/a[0], rtsp://[fe80::1]:554/a%5B0%5D",
  })
  void parse_charactersThatAreNotAllowed_encodedOutsideTheHost(String text, String uri) {
    assertThat(EndpointUrl.parse(text).uri()).hasToString(uri);
  }

  @Test
  void parse_wrongPort_messageWithoutText() {
    assertThatThrownBy(() -> EndpointUrl.parse("rtsp://cam:secret/1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
