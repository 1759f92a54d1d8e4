package io.lva.asset.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureBlobOptionsTest {
  private static final Map<String, String> EMULATOR =
      Map.of("AZURE_STORAGE_CONNECTION_STRING", "UseDevelopmentStorage=true");

  private static AzureBlobOptions options(String uri, Map<String, String> environment)
      throws IOException {
    return new AzureBlobStoreProvider(environment).options(URI.create(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"azblob:videos/site/a", "azblob://videos/site/a/", "azblob:///videos/site/a"})
  void options_containerAndPrefix_areFound(String uri) throws IOException {
    AzureBlobOptions options = options(uri, EMULATOR);

    assertThat(options.container()).isEqualTo("videos");
    assertThat(options.prefix()).isEqualTo("site/a/");
    assertThat(options).hasToString("azblob:videos/site/a/");
  }

  /** What recording costs depends on it. */
  @Test
  void options_lease_isTwoMinutes() throws IOException {
    assertThat(options("azblob:videos", EMULATOR).lease()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void lease_shorterThanASecond_isRefused() {
    AzureBlobOptions.Builder builder =
        AzureBlobOptions.builder("videos", AzureCredentials.connectionString("cut off"));
    assertThat(builder.lease(Duration.ofSeconds(1)).build().lease())
        .isEqualTo(Duration.ofSeconds(1));

    assertThatThrownBy(() -> builder.lease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a lease of PT0.999S is shorter than 1 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Videos", "a--b", "-ab", "ab-", "a_b", "a.b"})
  void options_nameThatTheServiceForbids_saysTheRule(String name) {
    assertThatThrownBy(() -> options("azblob:" + name, EMULATOR))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + name + "' is not a valid container name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"azblob:", "azblob:///"})
  void options_noContainer_saysTheForm(String uri) {
    assertThatThrownBy(() -> options(uri.equals("azblob:") ? "azblob:/" : uri, EMULATOR))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("azblob:CONTAINER[/PREFIX]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azblob://videos/a?sig=c2VjcmV0",
        "azblob:videos?sig=c2VjcmV0",
        "azblob:name:c2VjcmV0@videos",
        "azblob:name:c2VjcmV0",
        "azblob://name:c2V/jcmV0@videos",
        "azblob:videos#c2VjcmV0"
      })
  void options_secretInTheUri_isRefusedWithoutRepeatingIt(String uri) {
    assertThatThrownBy(() -> options(uri, EMULATOR))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("AZURE_STORAGE_CONNECTION_STRING")
        .hasMessageNotContaining("jcmV0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"azblob:a%3Ac2VjcmV0", "azblob:a%40c2VjcmV0", "azblob:a%3Fsig%3Dc2VjcmV0"})
  void options_secretInTheContainer_isNotRepeated(String uri) {
    assertThatThrownBy(() -> options(uri, EMULATOR))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the given text is not a valid container name: it must have")
        .hasMessageNotContaining("jcmV0");
  }

  @Test
  void options_noCredentials_namesTheVariables() {
    assertThatThrownBy(() -> options("azblob:videos", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT");
  }

  @Test
  void options_connectionStringInAFile_isRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "UseDevelopmentStorage=true\n");

    AzureBlobOptions options =
        options("azblob:videos", Map.of("AZURE_STORAGE_CONNECTION_STRING_FILE", file.toString()));

    assertThat(options.credentials()).hasToString("connection string");
  }

  @Test
  void options_unknownServiceVersion_namesTheNewest() {
    Map<String, String> environment =
        Map.of(
            "AZURE_STORAGE_CONNECTION_STRING",
            "UseDevelopmentStorage=true",
            "AZURE_STORAGE_SERVICE_VERSION",
            "1999-01-01");

    assertThatThrownBy(() -> options("azblob:videos", environment))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'1999-01-01' is not known; the newest one is 20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AccountName=a;AccountKey=c2VjcmV0",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountK",
        "nonsense",
        ""
      })
  void connect_connectionStringCutOff_isOneLineWithoutTheSecret(String connection) {
    AzureBlobOptions options =
        AzureBlobOptions.of("videos", AzureCredentials.connectionString(connection));

    assertThatThrownBy(() -> AzureBlobStore.connect(options))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("c2VjcmV0")
        .message()
        .hasLineCount(1);
  }
}
