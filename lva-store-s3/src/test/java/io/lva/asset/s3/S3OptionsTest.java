package io.lva.asset.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3OptionsTest {
  private static final Map<String, String> SERVER =
      Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000/");

  private static S3Options options(String uri, Map<String, String> environment) throws IOException {
    return new S3StoreProvider(environment).options(URI.create(uri));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:videos/site/a", "s3://videos/site/a/", "s3:///videos/site/a"})
  void options_bucketAndPrefix_areFound(String uri) throws IOException {
    S3Options options = options(uri, Map.of());

    assertThat(options.bucket()).isEqualTo("videos");
    assertThat(options.prefix()).isEqualTo("site/a/");
    assertThat(options).hasToString("s3:videos/site/a/");
    assertThat(options.uri()).hasToString("s3://videos/site/a/");
    assertThat(options.pathStyle()).isFalse();
    assertThat(options.endpoint()).isEmpty();
    assertThat(options.region()).isEmpty();
  }

  @Test
  void lease_shorterThanASecond_isRefused() {
    S3Options.Builder builder = S3Options.builder("videos");
    assertThat(builder.lease(Duration.ofSeconds(1)).build().lease())
        .isEqualTo(Duration.ofSeconds(1));

    assertThatThrownBy(() -> builder.lease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a lease of PT0.999S is shorter than 1 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a.b", "my-videos", "4videos", "a--b", "videos.site-7.example"})
  void options_nameThatTheServiceAllows_isTaken(String name) throws IOException {
    assertThat(options("s3:" + name, Map.of()).uri()).hasToString("s3://" + name + "/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Videos",
        "a..b",
        "-abc",
        "abc-",
        ".abc",
        "a_bc",
        "192.168.5.4",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void options_nameThatTheServiceForbids_saysTheRule(String name) {
    assertThatThrownBy(() -> options("s3:" + name, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("'" + name + "' is not a valid bucket name: it must have 3 to 63");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:/", "s3:///"})
  void options_noBucket_saysTheForm(String uri) {
    assertThatThrownBy(() -> options(uri, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("s3:BUCKET[/PREFIX]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://key:c2VjcmV0@videos/a",
        "s3:/videos/a?X-Amz-Signature=c2VjcmV0",
        "s3:videos?X-Amz-Signature=c2VjcmV0",
        "s3:key:c2VjcmV0@videos",
        "s3:key:c2VjcmV0",
        "s3://key:c2V/jcmV0@videos",
        "s3:videos#c2VjcmV0"
      })
  void options_secretInTheUri_isRefusedWithoutRepeatingIt(String uri) {
    assertThatThrownBy(() -> options(uri, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set AWS_ACCESS_KEY_ID")
        .hasMessageNotContaining("jcmV0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:key%3Ac2VjcmV0", "s3:key%40c2VjcmV0", "s3:a%3Fsig%3Dc2VjcmV0"})
  void options_secretInTheBucket_isNotRepeated(String uri) {
    assertThatThrownBy(() -> options(uri, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the given text is not a valid bucket name: it must have")
        .hasMessageNotContaining("jcmV0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"})
  void options_endpointThatCannotBeRead_namesItsVariable(String variable) {
    assertThatThrownBy(() -> options("s3:videos", Map.of(variable, "http://127.0.0.1 :9000")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(variable + " is not a URL (");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://key:c2VjcmV0@127.0.0.1:9000",
        "127.0.0.1:9000",
        "ftp://127.0.0.1",
        "http://key:c2VjcmV0@127.0.0.1 :9000"
      })
  void options_endpointThatIsNone_isOneLineWithoutTheSecret(String endpoint) {
    assertThatThrownBy(() -> options("s3:videos", Map.of("AWS_ENDPOINT_URL_S3", endpoint)))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("c2VjcmV0")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"})
  void options_endpointIsEmpty_saysToUnsetIt(String variable) {
    assertThatThrownBy(() -> options("s3:videos", Map.of(variable, "")))
        .isInstanceOf(IOException.class)
        .hasMessage(variable + " is set, but empty: unset it for Amazon S3");
  }

  @Test
  void options_endpoint_namesTheBucketInThePath() throws IOException {
    S3Options options = options("s3:videos/site%207", SERVER);

    assertThat(options.pathStyle()).isTrue();
    assertThat(options.uri()).hasToString("http://127.0.0.1:9000/videos/site%207/");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL_S3, http://one,   AWS_ENDPOINT_URL,  http://two,  http://one",
    "AWS_ENDPOINT_URL,    http://two,   AWS_REGION,        eu-north-1,  http://two",
    "AWS_ENDPOINT_URL,    http://two,   AWS_ENDPOINT_URL_S3, '',        http://two"
  })
  void options_twoEndpoints_theOneOfTheServiceCounts(
      String first, String value, String second, String other, String expected) throws IOException {
    assertThat(options("s3:videos", Map.of(first, value, second, other)).endpoint())
        .contains(URI.create(expected));
  }

  @Test
  void options_regionAndStyle_areRead() throws IOException {
    S3Options options =
        options(
            "s3:videos",
            Map.of(
                "AWS_ENDPOINT_URL",
                "https://s3.example.com",
                "AWS_REGION",
                "eu-north-1",
                "LVA_S3_PATH_STYLE",
                "false"));

    assertThat(options.region()).contains("eu-north-1");
    assertThat(options.pathStyle()).isFalse();
  }
}
