package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.iot.edge.LogSettings.Category;
import io.lva.iot.edge.LogSettings.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The desired properties of the tutorial's deployment, ours, and wrong ones. */
class SettingsReaderTest {
  /** As the tutorial's deployment template has them. */
  private static final String TUTORIAL =
      """
      {"applicationDataDirectory": "/var/lib/azuremediaservices",
       "azureMediaServicesArmId": "/subscriptions/s/resourceGroups/r/providers/m",
       "aadTenantId": "t", "aadServicePrincipalAppId": "a", "aadServicePrincipalSecret": "geheim",
       "aadEndpoint": "https://login.microsoftonline.com",
       "aadResourceId": "https://management.core.windows.net/",
       "armEndpoint": "https://management.azure.com/",
       "diagnosticsEventsOutputName": "AmsDiagnostics",
       "operationalEventsOutputName": "AmsOperational",
       "logLevel": "Information", "logCategories": "Application,Events",
       "allowUnsecuredEndpoints": true, "telemetryOptOut": false, "$version": 4}\
      """;

  @Test
  void read_tutorialsTwin_understoodAndMediaServicesIgnored() throws SettingsException {
    ModuleSettings settings = SettingsReader.read(TUTORIAL);
    assertThat(settings.applicationDataDirectory())
        .isEqualTo(Path.of("/var/lib/azuremediaservices"));
    assertThat(settings.assetStore())
        .isEqualTo(URI.create("file:///var/lib/azuremediaservices/recordings/"));
    assertThat(settings.operationalOutput()).contains("AmsOperational");
    assertThat(settings.diagnosticsOutput()).contains("AmsDiagnostics");
    assertThat(settings.diagnosticsLevel()).isEqualTo(DiagnosticsLevel.INFORMATION);
    assertThat(settings.allowUnsecuredEndpoints()).isTrue();
    assertThat(settings.log()).isEqualTo(LogSettings.STANDARD);
    assertThat(settings.ignored()).hasSize(8).contains("aadServicePrincipalSecret");
    assertThat(SettingsReader.unknown(TUTORIAL)).isEmpty();
    assertThat(settings.toString()).doesNotContain("geheim");
  }

  @Test
  void read_namesAndValuesInAnyCase_understood() throws SettingsException {
    ModuleSettings settings =
        SettingsReader.read(
            """
            {"APPLICATIONDATADIRECTORY": "/data", "assetstore": "azblob:videos/edge",
             "MediaMemoryMib": 64, "diagnosticslevel": "WARNING", "loglevel": "verbose",
             "LogCategories": "mediapipeline, events", "debugLogsDirectory": "/debug",
             "allowunsecuredendpoints": "True", "operationalEventsOutputName": ""}\
            """);
    assertThat(settings.assetStore()).isEqualTo(URI.create("azblob:videos/edge"));
    assertThat(settings.mediaMemoryBytes()).hasValue(64L << 20);
    assertThat(settings.operationalOutput()).isEmpty();
    assertThat(settings.diagnosticsLevel()).isEqualTo(DiagnosticsLevel.WARNING);
    assertThat(settings.log().level()).isEqualTo(Level.VERBOSE);
    assertThat(settings.log().categories())
        .containsExactlyInAnyOrder(Category.MEDIA_PIPELINE, Category.EVENTS);
    assertThat(settings.log().debugDirectory()).contains(Path.of("/debug"));
    assertThat(settings.allowUnsecuredEndpoints()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                  | applicationDataDirectory
          {"applicationDataDirectory": "data"}                                | an absolute path
          {"applicationDataDirectory": 5}                                     | a text
          {"applicationDataDirectory": "/d", "logLevel": "Loud"}              | Verbose, Information
          {"applicationDataDirectory": "/d", "logCategories": "A,B"}          | MediaPipeline
          {"applicationDataDirectory": "/d", "diagnosticsLevel": "All"}       | Critical, None
          {"applicationDataDirectory": "/d", "allowUnsecuredEndpoints": "ja"} | true or false
          {"applicationDataDirectory": "/d", "mediaMemoryMiB": 0}             | a number of MiB
          {"applicationDataDirectory": "/d", "assetStore": "videos"}          | azblob:CONTAINER
          {"applicationDataDirectory": "/d", "operationalEventsOutputName": "a/b"} | up to 50 letters
          [1, 2]                                                              | applicationDataDirectory
          {"applicationDataDirectory":                                        | no JSON
          """)
  void read_wrongProperty_oneMessageThatNamesItAndWhatIsExpected(String twin, String expected) {
    assertThatThrownBy(() -> SettingsReader.read(twin))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("The desired properties of the module twin are invalid: ")
        .hasMessageContaining(expected);
  }

  @Test
  void read_severalWrong_allNamed() {
    assertThatThrownBy(() -> SettingsReader.read("{\"logLevel\": 1, \"assetStore\": \"x\"}"))
        .hasMessageContaining("'applicationDataDirectory'")
        .hasMessageContaining("'logLevel'")
        .hasMessageContaining("'assetStore'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:geheim@host/c",
        "s3:key:geheim@videos",
        "s3://key:ge/heim@videos",
        "azblob:videos?sig=geheim"
      })
  void read_storeWithKey_refusedWithoutRepeatingIt(String store) {
    String twin = "{\"applicationDataDirectory\": \"/d\", \"assetStore\": \"" + store + "\"}";
    assertThatThrownBy(() -> SettingsReader.read(twin))
        .hasMessageContaining("credentials belong in the environment")
        .hasMessageNotContaining("heim");
  }

  @Test
  void read_nonsenseOf32KiB_shortMessage() {
    StringBuilder twin = new StringBuilder("{\"logLevel\": \"").append("x".repeat(16_000));
    twin.append("\", \"").append("y".repeat(16_000)).append("\": 1}");
    assertThatThrownBy(() -> SettingsReader.read(twin.toString()))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    assertThat(SettingsReader.unknown(twin.toString()))
        .singleElement()
        .satisfies(name -> assertThat(name).hasSizeLessThan(70));
  }

  @Test
  void unknown_manyNames_aFewAndHowManyMore() {
    StringBuilder twin = new StringBuilder("{\"n0\": 0");
    for (int i = 1; i < 3000; i++) {
      twin.append(", \"n").append(i).append("\": 0");
    }
    assertThat(SettingsReader.unknown(twin.append('}').toString()))
        .startsWith("n0", "n1")
        .endsWith("n9", "and 2990 more");
  }

  @Test
  void read_damagedTwins_settingsOrSettingsException() {
    Random random = new Random(7);
    int wrong = 0;
    for (int i = 0; i < 2000; i++) {
      StringBuilder twin = new StringBuilder(TUTORIAL);
      for (int change = random.nextInt(4); change >= 0; change--) {
        twin.setCharAt(random.nextInt(twin.length()), (char) (32 + random.nextInt(95)));
      }
      try {
        SettingsReader.read(twin.toString());
      } catch (SettingsException e) {
        wrong++;
      }
    }
    assertThat(wrong).isBetween(1, 1999);
  }
}
