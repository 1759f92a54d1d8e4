package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.graph.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpConfigTest {
  private static final String GOOD =
      """
      { // two cameras
        "store": "/srv/video", "page": {"port": 9400},
        "cameras": [
          {"name": "door", "url": "rtsp://10.0.0.1/1", "user": "admin", "passwordFile": "door.txt"},
          {"name": "yard", "url": "rtsp://u:s3cret@10.0.0.2/1", "asset": "back-yard"}]}
      """;

  private static UpConfig parse(String text) {
    return UpConfig.parse(text.getBytes(StandardCharsets.UTF_8), Path.of("/etc/lva"));
  }

  @Test
  void parse_twoCameras_readsAllAndResolvesFiles() {
    UpConfig config = parse(GOOD);
    assertThat(config.store()).isEqualTo("/srv/video");
    assertThat(config.address()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(9400);
    assertThat(config.cameras().get(0).passwordFile()).contains(Path.of("/etc/lva/door.txt"));
    assertThat(config.cameras().get(0).asset()).isEqualTo("door");
    assertThat(config.cameras().get(1).asset()).isEqualTo("back-yard");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void parse_cameraOverTls_readsTransportAndTrust() {
    UpConfig.Camera camera =
        parse(
                """
                {"cameras": [{"name": "gate", "url": "rtsps://10.0.0.3/1", "transport": "udp",
                  "trustedCertificates": "gate.pem", "ignoreHostname": true, "audio": false}]}
                """)
            .cameras()
            .get(0);
    assertThat(camera.transport()).isEqualTo(Transport.UDP);
    assertThat(camera.trust())
        .isEqualTo(new CameraTrust(Optional.of(Path.of("/etc/lva/gate.pem")), true, false));
    assertThat(camera.audio()).isFalse();
    assertThat(parse(GOOD).cameras().get(0).audio()).isTrue();
    assertThat(parse(GOOD).cameras().get(0).trust()).isEqualTo(CameraTrust.OF_MACHINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                          | not JSON at line 1",
        "[]                                         | the file must be an object",
        "{}                                         | cameras must be a list of 1",
        "{\"cameras\": []}                            | cameras must be a list of 1",
        "{\"camera\": []}                             | unknown property 'camera'",
        "{\"page\": {\"port\": 70000}, \"cameras\": []} | page.port must be a number",
      })
  void parse_mistake_saysWhereAndWhat(String text, String expected) {
    assertThatThrownBy(() -> parse(text.strip()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(expected.strip());
  }

  /** One camera never stops the others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'url': 'rtsp://h/x'               | cameras[1].name is missing",
        "'name': 'a'                       | camera 'a': cameras[1].url is missing",
        "'name': 'a', 'url': 5             | camera 'a': cameras[1].url must be a text",
        "'name': 'a', 'url': 'http://h/x'  | camera 'a': cameras[1].url: not a camera URL (the URL"
            + " must begin with rtsp:// or rtsps://): expected rtsp://host[:port]/path",
        "'name': 'fr ont', 'url': 'rtsp://h/x' | camera 'fr ont': cameras[1].name must be 1 to 32"
            + " letters, digits and inner dashes",
        "'name': 'a', 'url': 'rtsp://h/x', 'asset': 'a/b' | camera 'a': cameras[1].asset must be 1"
            + " to 260 characters without < > % & :",
        "'name': 'a', 'url': 'rtsp://h/x', 'asset': 'yard' | camera 'a': cameras[1].asset: camera"
            + " 'yard' records to 'yard'; give each its own",
        "'name': 'yard', 'url': 'rtsp://h/x', 'asset': 'b' | cameras[1].name: there are two cameras"
            + " named 'yard'",
        "'name': 'a', 'url': 'rtsp://h/x', 'transport': 'ftp' | cameras[1].transport must be tcp,"
            + " udp",
        "'name': 'a', 'url': 'rtsp://h/x', 'ignoreHostname': 'no' | cameras[1].ignoreHostname must"
            + " be true or false",
        "'name': 'a', 'url': 'rtsp://h/x', 'user': 'u' | user and passwordFile go together",
        "'name': 'a', 'url': 'rtsp://h/x', 'user': 'u', 'passwordFile': 'a\\u0000b' |"
            + " cameras[1].passwordFile is not a path",
        "'name': 'a', 'url': 'rtsp://h/x', 'trustedCertificates': 'a\\u0000b' |"
            + " cameras[1].trustedCertificates is not a path",
        "'name': 'a', 'adress': 'rtsp://h/x' | cameras[1] has an unknown property 'adress'",
      })
  void parse_entryThatCanNeverWork_isRefusedAlone(String entry, String expected) {
    String yard = "{'name': 'yard', 'url': 'rtsp://h/yard'}";
    UpConfig config = parse(("{'cameras': [" + yard + ", {" + entry + "}]}").replace('\'', '"'));
    assertThat(config.cameras()).extracting(UpConfig.Camera::name).containsExactly("yard");
    assertThat(config.refusals()).hasSize(1);
    assertThat(config.refusals().get(0).text()).contains(expected.strip());
  }

  @Test
  void parse_entriesWithoutAName_areRefusedToo() {
    UpConfig config = parse("{\"cameras\": [{\"name\": \"door\", \"url\": \"x\"}, {}, 5]}");
    assertThat(config.refusals()).hasSize(3);
  }

  @Test
  void parse_urlRefused_doesNotRepeatItsPassword() {
    UpConfig config = parse(GOOD.replace("rtsp://u:", "http://u:"));
    assertThat(config.refusals()).hasSize(1);
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  /** The names that this program allows are those that the library takes. */
  @Test
  void isName_longestName_isThatOfTheLibrary() {
    assertThat(CameraRules.isName("a".repeat(32))).isTrue();
    assertThat(CameraRules.isName("a".repeat(33))).isFalse();
    assertThat(CameraRules.isName("-a")).isFalse();
    assertThat(CameraRules.isAsset("cam-${System.DateTime}")).isTrue();
    assertThat(CameraRules.isAsset("a".repeat(260))).isTrue();
    assertThat(CameraRules.isAsset("a".repeat(261))).isFalse();
    assertThat(CameraRules.isAsset("a.b")).isFalse();
  }

  @Test
  void parse_brokenAfterAPassword_doesNotRepeatIt() {
    assertThatThrownBy(() -> parse(GOOD.replace("s3cret@10.0.0.2/1\"", "s3cret")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void parse_randomDamage_failsWithTheDeclaredExceptionOnly() {
    Random random = new Random(16);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(
              () -> {
                try {
                  UpConfig.parse(bytes, Path.of("/etc/lva"));
                } catch (CommandFailure expected) {
                  assertThat(expected.getMessage()).isNotBlank();
                }
              })
          .doesNotThrowAnyException();
    }
  }
}
