package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.rtp.Deviations;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspHeaders;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
  private final Deviations deviations = new Deviations();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "rtsp://cam | rtsp://cam | cam | 554 | - | -",
        "RTSP://cam:8554/a b | rtsp://cam:8554/a%20b | cam | 8554 | - | -",
        "rtsp://u:p@cam/x | rtsp://cam/x | cam | 554 | u | p",
        "rtsp://u:p%40%3a@cam/x | rtsp://cam/x | cam | 554 | u | p@:",
        "rtsp://u:a@b:c%@cam:1/x@y | rtsp://cam:1/x@y | cam | 1 | u | a@b:c%",
        "rtsp://u:a/b@cam:1/x | rtsp://cam:1/x | cam | 1 | u | a/b",
        "rtsp://cam/x@y:z | rtsp://cam/x@y:z | cam | 554 | - | -",
        "rtsp://cam:/x | rtsp://cam:/x | cam | 554 | - | -",
        "rtsp://[fe80::1]:8554/x | rtsp://[fe80::1]:8554/x | fe80::1 | 8554 | - | -",
        "rtsp://u:p@[::1]/x | rtsp://[::1]/x | ::1 | 554 | u | p",
        "rtsp://cam?channel=1 | rtsp://cam?channel=1 | cam | 554 | - | -",
        "rtsp://u:P@ss:w/rd#1%@127.0.0.1:9/live | rtsp://127.0.0.1:9/live | 127.0.0.1 | 9 | u |"
            + " P@ss:w/rd#1%",
        "rtsp://u:P@ss/rd@10.0.0.1/live | rtsp://10.0.0.1/live | 10.0.0.1 | 554 | u | P@ss/rd",
        "rtsp://u:P@s/s@d@cam.local/x | rtsp://cam.local/x | cam.local | 554 | u | P@s/s@d",
        "rtsp://u:p?@cam/x | rtsp://cam/x | cam | 554 | u | p?",
        "rtsp://u:p@cam/to/me@mail.org | rtsp://cam/to/me@mail.org | cam | 554 | u | p",
        "rtsps://u:p@cam/x | rtsps://cam/x | cam | 322 | u | p",
        "rtsp://u:@cam/ | rtsp://cam/ | cam | 554 | u | ''",
      })
  void parse_variants_areRead(
      String text, String url, String host, int port, String user, String password) {
    RtspUrl parsed = RtspUrl.parse(text);
    assertThat(parsed.toString()).isEqualTo(url);
    assertThat(parsed.host()).isEqualTo(host);
    assertThat(parsed.port()).isEqualTo(port);
    assertThat(parsed.credentials())
        .isEqualTo(
            user == null ? Optional.empty() : Optional.of(RtspCredentials.of(user, password)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cam/x",
        "http://u:secret@cam/x",
        "rtsp://",
        "rtsp:///x",
        "rtsp://[",
        "rtsp://u:secret@[::1/x",
        "rtsp://u:secret@/x",
        "rtsp://u:secret@cam:99999/x",
        "rtsp://u:secret@cam:0/x",
        "rtsp://u:secret@[::1]x80/x",
        "rtsp://u:secret@[::1]x",
        "rtsp://u:secret@c am/x",
      })
  void parse_noRtspUrl_saysSoWithoutThePassword(String text) {
    assertThatThrownBy(() -> RtspUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | trackID=1 | rtsp://cam/live/trackID=1",
        "- | * | rtsp://cam/live",
        "- | - | rtsp://cam/live",
        "- | rtsp://u:p@other/x | rtsp://other/x",
        "- | ?ctype=video | rtsp://cam/live?ctype=video",
        "rtsp://cam/live/ | trackID=1 | rtsp://cam/live/trackID=1",
        "rtsp://cam/live/ | /trackID=1 | rtsp://cam/live/trackID=1",
        // Dahua: append, do not resolve
        "rtsp://h/cam/realmonitor?channel=1&subtype=2/ | trackID=0"
            + " | rtsp://h/cam/realmonitor?channel=1&subtype=2/trackID=0",
        // Anjvision
        "192.168.1.10:554/stream0/ | trackID=1 | rtsp://192.168.1.10:554/stream0/trackID=1",
        "cam/live/ | trackID=1 | rtsp://cam/live/trackID=1",
        "rtsp://rtsp://cam/live | trackID=1 | rtsp://cam/live/trackID=1",
        "rtsp://::ffff:1.2.3.4/live/ | trackID=1 | rtsp://cam/live/trackID=1",
        "<rtsp://cam/other/> | trackID=1 | rtsp://cam/other/trackID=1",
        "/other/ | trackID=1 | rtsp://cam/other/trackID=1",
        "live/ | trackID=1 | rtsp://cam/live/trackID=1",
        "' ' | trackID=1 | rtsp://cam/live/trackID=1",
      })
  void ofStream_bases_areRepaired(String base, String control, String expected) {
    RtspHeaders headers =
        base == null ? RtspHeaders.empty() : RtspHeaders.empty().with("Content-Base", base);
    ControlUrls urls = ControlUrls.of(RtspUrl.parse("rtsp://cam/live"), headers, deviations);
    assertThat(urls.ofStream(Optional.ofNullable(control), Optional.empty()).get(0))
        .isEqualTo(expected);
  }

  @Test
  void ofStream_wrongBase_offersOthers() {
    RtspHeaders headers =
        RtspHeaders.empty().with("Content-Base", "rtsp://cam:5050/H264?channel=1&subtype=0");
    ControlUrls urls = ControlUrls.of(RtspUrl.parse("rtsp://cam/live"), headers, deviations);
    assertThat(urls.ofStream(Optional.of("video"), Optional.of("rtsp://cam/all")))
        .containsExactly(
            "rtsp://cam:5050/H264?channel=1&subtype=0/video",
            "rtsp://cam/live/video",
            "rtsp://cam:5050/video",
            "rtsp://cam/all/video",
            "rtsp://cam/H264?channel=1&subtype=0/video",
            "rtsp://cam/video");
    assertThat(urls.ofSession(Optional.empty()))
        .containsExactly("rtsp://cam:5050/H264?channel=1&subtype=0", "rtsp://cam/live");
  }

  @Test
  void ofStream_addressBehindAPortForwarding_offersTheOneThatWasAskedFor() {
    ControlUrls urls =
        ControlUrls.of(RtspUrl.parse("rtsp://cam:9554/live"), RtspHeaders.empty(), deviations);
    assertThat(urls.ofStream(Optional.of("rtsp://10.0.0.9/live/trackID=1"), Optional.empty()))
        .containsExactly("rtsp://10.0.0.9/live/trackID=1", "rtsp://cam:9554/live/trackID=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rtsp://cam/user=admin&password=geheim&channel=1 |"
            + " rtsp://cam/user=admin&password=****&channel=1",
        "rtsp://cam/11?PWD=geheim | rtsp://cam/11?PWD=****",
        "a=control:rtsp://root:geheim@cam/x | a=control:rtsp://cam/x",
        "a=control:rtsp://root:ge/he?im@10.0.0.1/x | a=control:rtsp://10.0.0.1/x",
        "x rtsp://u:a/b@cam:554/y RTSPS://u:c#d@10.0.0.1 z | x rtsp://cam:554/y RTSPS://10.0.0.1 z",
        "rtsp://cam/x?a=b@c | rtsp://cam/x?a=b@c",
      })
  void hideSecrets_passwordsInUrls_areHidden(String text, String shown) {
    assertThat(RtspUrl.hideSecrets(text)).isEqualTo(shown);
  }

  @Test
  void toString_passwordInTheQuery_isShownToTheCameraAlone() {
    RtspUrl url = RtspUrl.parse("rtsp://cam/live?user=admin&password=geheim");
    assertThat(url.toString()).isEqualTo("rtsp://cam/live?user=admin&password=****");
    assertThat(url.requestUri()).endsWith("password=geheim");
  }

  @ParameterizedTest
  @CsvSource({"/b/c?d, rtsp://cam:8554/b/c?d", "' rtsp://other/x ', rtsp://other/x"})
  void resolve_relativeReference_keepsTheHost(String reference, String expected) {
    assertThat(RtspUrl.parse("rtsp://cam:8554/a").resolve(reference).requestUri())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rtsp://other/x | rtsp://other/x",
        "<rtsp://other/x> | rtsp://other/x",
        "< rtsp://u:p@other:8554/x?a=1 > | rtsp://other:8554/x?a=1",
        "<URL:rtsp://other/x> | rtsp://other/x",
        "\"rtsp://other/x\" | rtsp://other/x",
        "'rtsp://other/x' | rtsp://other/x",
        "rtsp://rtsp://other/x | rtsp://other/x",
        "</b/c> | rtsp://cam:8554/b/c",
        "/b/c?d | rtsp://cam:8554/b/c?d",
        "192.168.1.10/live | rtsp://192.168.1.10/live",
        "192.168.1.10:554/live | rtsp://192.168.1.10:554/live",
        "other:554 | rtsp://other:554",
        "cam/b | rtsp://cam/b",
        "b | rtsp://cam:8554/b",
      })
  void from_writtenLocations_areRead(String location, String expected) {
    RtspUrl request = RtspUrl.parse("rtsp://cam:8554/a");
    assertThat(WrittenUrl.of(location, "Location", deviations).from(request).requestUri())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<>", "<http://other/x>", "", "<rtsp://>", "<rtsp://other/x", "//other/x"})
  void from_noRtspUrl_isRefused(String location) {
    RtspUrl request = RtspUrl.parse("rtsp://cam:8554/a");
    WrittenUrl written = WrittenUrl.of(location, "Location", deviations);
    assertThatIllegalArgumentException().isThrownBy(() -> written.from(request));
  }

  @Test
  void ofSession_absoluteControl_isTaken() {
    ControlUrls urls =
        ControlUrls.of(RtspUrl.parse("rtsp://cam/live"), RtspHeaders.empty(), deviations);
    assertThat(urls.ofSession(Optional.of("rtsp://cam/live/?profile=1")).get(0))
        .isEqualTo("rtsp://cam/live/?profile=1");
  }
}
