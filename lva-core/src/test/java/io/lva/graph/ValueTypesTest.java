package io.lva.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
  @ParameterizedTest
  @CsvSource({
    "PT30S,PT30S",
    "PT0M30S,PT30S",
    "PT0H0M30S,PT30S",
    "-PT5S,-PT5S",
    "PT-5S,-PT5S",
    "0,PT0S",
    "pt1.0s,PT1S",
    "-PT0.5S,-PT0.5S",
    "P1D,PT24H"
  })
  void duration_everyPublishedForm_isReadAndWritten(String text, String canonical) {
    Duration duration = ValueTypes.DURATION.parse(text);
    assertThat(ValueTypes.DURATION.format(duration)).isEqualTo(canonical);
    assertThat(ValueTypes.DURATION.parse(canonical)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "30S", "PT", "P", "PT1", "PT99999999999999999999S"})
  void duration_others_areRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueTypes.DURATION.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"preserveAspectRatio", "PreserveAspectRatio", "PRESERVEASPECTRATIO"})
  void enum_anyCase_isRead(String text) {
    ValueType<ImageScale.Mode> type = ValueTypes.of(ImageScale.Mode.class);
    assertThat(type.parse(text)).isEqualTo(ImageScale.Mode.PRESERVE_ASPECT_RATIO);
    assertThat(type.format(ImageScale.Mode.PRESERVE_ASPECT_RATIO)).isEqualTo("PreserveAspectRatio");
    assertThat(type).isEqualTo(ValueTypes.of(ImageScale.Mode.class));
  }

  @Test
  void enum_unknown_namesTheKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ValueTypes.of(Transport.class).parse("pigeon"))
        .withMessage("not one of Http, Tcp, Udp, Multicast, Auto");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1.0,1", "0.1,0.1", "1e3,1000", "-0.25,-0.25"})
  void decimal_number_isWrittenShort(String text, String canonical) {
    assertThat(ValueTypes.DECIMAL.format(ValueTypes.DECIMAL.parse(text))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e999", "", "one"})
  void decimal_others_areRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueTypes.DECIMAL.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.5/main, rtsp://10.0.0.5/main",
    "RTSP://camera:554/a b?x={1}|2, rtsp://camera:554/a%20b?x=%7B1%7D%7C2",
    "rtsp://root:p%40ss@camera/, rtsp://camera/",
    "rtsp://root:p@ss@camera/live, rtsp://camera/live",
    "rtsp://[fe80::1]:554/, rtsp://[fe80::1]:554/",
    "rtsp://camera/100%, rtsp://camera/100%25",
    "tcp://lvaextension:44000, tcp://lvaextension:44000",
    "rtsp://caméra/é, rtsp://cam%C3%A9ra/%C3%A9"
  })
  void url_asCamerasHaveThem_isAUriWithoutUser(String text, String uri) {
    EndpointUrl url = EndpointUrl.parse(text);
    assertThat(url.uri()).isEqualTo(URI.create(uri));
    assertThat(url.toString()).doesNotContain("root");
    assertThat(url.reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rtsp",
        "rtsp:",
        "rtsp://",
        "rtsp:///main",
        "//camera/",
        "rtsp://u@/",
        "rtsp://a:99999/",
        "rtsp://a:b/",
        "rtsp://[::1/"
      })
  void url_withoutSchemeOrHost_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EndpointUrl.parse(text));
  }

  @Test
  void url_hostAndPort_areTaken() {
    EndpointUrl docker = EndpointUrl.parse("rtsp://u:p@front_door:8554/main");
    assertThat(docker.host()).isEqualTo("front_door");
    assertThat(docker.port()).hasValue(8554);
    assertThat(EndpointUrl.parse("rtsp://[fe80::1]/").host()).isEqualTo("fe80::1");
    assertThat(EndpointUrl.parse("rtsp://camera/").port()).isEmpty();
  }

  @Test
  void url_userPart_becomesCredentials() {
    assertThat(EndpointUrl.parse("rtsp://root:p%40s+s@camera/").embeddedCredentials())
        .contains(UsernamePasswordCredentials.of("root", "p@s+s"));
    assertThat(EndpointUrl.parse("rtsp://root@camera/").embeddedCredentials())
        .contains(UsernamePasswordCredentials.of("root", ""));
    assertThat(EndpointUrl.parse("rtsp://ro%ot:100%@camera/").embeddedCredentials())
        .contains(UsernamePasswordCredentials.of("ro%ot", "100%"));
    assertThat(EndpointUrl.parse("rtsp://camera/").embeddedCredentials()).isEmpty();
  }

  @Test
  void selector_mediaTypes_typeOrSubtype() {
    OutputSelector video = OutputSelector.is(io.lva.media.MediaType.VIDEO);
    assertThat(video.selects("video")).isTrue();
    assertThat(video.selects("Video/H264")).isTrue();
    assertThat(video.selects("videos/H264")).isFalse();
    assertThat(OutputSelector.isNot(io.lva.media.MediaType.VIDEO).selects("audio")).isTrue();
    assertThat(OutputSelector.isNot(io.lva.media.MediaType.VIDEO).selects("video/H265")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT9223372036854775807S",
        "PT-9223372036854775808S",
        "-PT9223372036854775807S",
        "P400000D"
      })
  void duration_tooLongToReckonWith_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.parse(text, ValueTypes.DURATION))
        .withMessageContaining("duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "1D", "0x1p3", "1e", ".", "+-1", "1,5"})
  void decimal_otherLanguagesNumbers_areRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueTypes.DECIMAL.parse(text));
  }
}
