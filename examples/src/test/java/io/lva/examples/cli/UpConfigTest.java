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
        "{\"cameras\": [{\"url\": \"rtsp://h/x\"}]}     | cameras[0].name is missing",
        "{\"cameras\": [{\"name\": \"a\"}]}             | cameras[0].url is missing",
        "{\"cameras\": [{\"name\": \"a\", \"url\": 5}]}   | cameras[0].url must be a text",
        "{\"page\": {\"port\": 70000}, \"cameras\": []} | page.port must be a number",
        "{\"cameras\": [{\"name\": \"a\", \"url\": \"x\", \"transport\": \"ftp\"}]} |"
            + " cameras[0].transport must be tcp, udp",
        "{\"cameras\": [{\"name\": \"a\", \"url\": \"x\", \"ignoreHostname\": \"no\"}]} |"
            + " cameras[0].ignoreHostname must be true or false",
        "{\"cameras\": [{\"name\": \"a\", \"url\": \"x\", \"user\": \"u\"}]} | user and"
            + " passwordFile",
        "{\"cameras\": [{\"name\": \"a\", \"url\": \"x\"}, {\"name\": \"a\", \"url\": \"y\"}]} |"
            + " two cameras",
      })
  void parse_mistake_saysWhereAndWhat(String text, String expected) {
    assertThatThrownBy(() -> parse(text.strip()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(expected.strip());
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
