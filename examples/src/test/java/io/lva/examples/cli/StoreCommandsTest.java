package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetSummary;
import io.lva.asset.Assets;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that record, export and verify, in this process. */
@Timeout(120)
class StoreCommandsTest {
  private static final String TOPOLOGY =
      """
      {"@apiVersion": "2.0", "name": "CVR", "properties": {
        "parameters": [{"name": "rtspUrl", "type": "String"}],
        "sources": [{"@type": "#Microsoft.Media.MediaGraphRtspSource", "name": "rtspSource",
          "endpoint": {"@type": "#Microsoft.Media.MediaGraphUnsecuredEndpoint",
            "url": "${rtspUrl}"}}],
        "sinks": [{"@type": "#Microsoft.Media.MediaGraphAssetSink", "name": "assetSink",
          "assetNamePattern": "door-${System.DateTime}", "segmentLength": "PT30S",
          "localMediaCachePath": "/var/lib/media", "localMediaCacheMaximumSizeMiB": "200",
          "inputs": [{"nodeName": "rtspSource"}]}]}}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int lva(String... arguments) {
    return Lva.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  private String store() {
    return folder.resolve("store").toString();
  }

  /** Records two seconds to an asset whose name says when. */
  private AssetSummary record() throws IOException {
    Path topology = Files.writeString(folder.resolve("topology.json"), TOPOLOGY);
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      String url = camera.uri("/pattern").toString();
      assertThat(
              lva(
                  "record",
                  url,
                  "--seconds",
                  "3",
                  "--store",
                  store(),
                  "--topology",
                  topology.toString()))
          .as(errors.toString())
          .isZero();
    }
    try (AssetStore store = AssetStore.open(folder.resolve("store").toUri())) {
      List<AssetSummary> assets = Assets.list(store);
      assertThat(assets).hasSize(1);
      return assets.get(0);
    }
  }

  private int export(AssetSummary asset, Path output) {
    TimeRange span = asset.span().orElseThrow();
    return lva(
        "export",
        "--store",
        store(),
        "--asset",
        asset.name(),
        "--start",
        span.start().toString(),
        "--end",
        span.end().toString(),
        "--force",
        "-o",
        output.toString());
  }

  @Test
  void record_assetNamedByTime_endsAfterItsSeconds() throws IOException {
    AssetSummary asset = record();
    assertThat(asset.name()).startsWith("door-20");
    assertThat(asset.recorded().toMillis()).isGreaterThanOrEqualTo(2000);
    assertThat(lva("verify", "--store", store())).isZero();
  }

  @Test
  void export_toALinkAndToAPipe_leavesThemWhatTheyAre() throws Exception {
    AssetSummary asset = record();
    Path file = Files.writeString(folder.resolve("file.mp4"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), file);
    assertThat(export(asset, link)).isZero();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    byte[] exported = Files.readAllBytes(file);
    assertThat(exported.length).isGreaterThan(100_000);

    Path pipe = folder.resolve("pipe");
    Assumptions.assumeTrue(
        Judges.run("mkfifo", pipe.toString()).exitCode() == 0, "there is no mkfifo");
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> {
              try (var in = Files.newInputStream(pipe)) {
                return in.readAllBytes();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThat(export(asset, pipe)).as(errors.toString()).isZero();
    assertThat(Arrays.equals(read.get(), exported)).isTrue();
    assertThat(Files.isRegularFile(pipe, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void export_moreThanWasRecorded_saysWhatIsMissingAndReplacesNothing() throws IOException {
    AssetSummary asset = record();
    String start = asset.span().orElseThrow().start().minusSeconds(60).toString();
    String end = asset.span().orElseThrow().end().toString();
    Path file = folder.resolve("clip.mp4");
    String[] export = {
      "export",
      "--store",
      store(),
      "--asset",
      asset.name(),
      "--start",
      start,
      "--end",
      end,
      "-o",
      file.toString()
    };
    assertThat(lva(export)).as(errors.toString()).isZero();
    assertThat(out.toString())
        .contains(" recorded, 0:01:00 missing, from ")
        .contains("0:01:00  not recorded");
    byte[] exported = Files.readAllBytes(file);

    assertThat(lva(export)).isEqualTo(2);
    assertThat(errors.toString()).contains("clip.mp4 exists: give --force to replace it");
    assertThat(Files.readAllBytes(file)).isEqualTo(exported);
  }

  @Test
  void export_lastOfAnAsset_endsWithItsNewestMedia() throws IOException {
    AssetSummary asset = record();
    Path file = folder.resolve("last.mp4");
    assertThat(
            lva(
                "export",
                "--store",
                store(),
                "--asset",
                asset.name(),
                "--last",
                "1s",
                "-o",
                file.toString()))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString()).contains("last.mp4: 0:00:01 of 0:00:01 recorded, nothing missing");
  }

  @Test
  void assets_emptyStore_saysHowToFillIt() {
    assertThat(lva("assets", "--store", folder.toString())).isZero();
    assertThat(out.toString()).contains("holds no assets", "lva record");
  }

  @Test
  void export_toAPipeWhoseReaderLeaves_saysSo() throws Exception {
    AssetSummary asset = record();
    Path pipe = folder.resolve("pipe");
    Assumptions.assumeTrue(Judges.run("mkfifo", pipe.toString()).exitCode() == 0);
    CompletableFuture<Void> left =
        CompletableFuture.runAsync(
            () -> {
              try (InputStream in = Files.newInputStream(pipe)) {
                assertThat(in.readNBytes(100)).hasSize(100);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(export(asset, pipe)).isEqualTo(Lva.BAD_INPUT);
    left.get(60, TimeUnit.SECONDS);
    assertThat(errors.toString())
        .contains("the program that reads " + pipe + " ended before the export");
  }

  @Test
  void assets_nobodyRecords_areStopped() throws IOException {
    AssetSummary asset = record();
    assertThat(lva("assets", "--store", store())).isZero();
    assertThat(out.toString().lines().reduce((first, last) -> last).orElse(""))
        .startsWith(asset.name())
        .endsWith("Z  stopped");
    assertThat(lva("assets", "--store", store(), "--json")).isZero();
    assertThat(out.toString()).contains("\"state\":\"stopped\"", "\"causes\":[\"operator\"]");
  }

  @Test
  void verify_oneSegment_isSaidInTheSingular() throws IOException {
    record();
    assertThat(lva("verify", "--store", store())).isZero();
    assertThat(out.toString())
        .contains(": 1 segment, ", " bytes, 1 run, 1 gap, 0 problems")
        .contains(" - now recording was stopped");
  }

  @Test
  void assets_delete_printsWhatIsGone() throws IOException {
    AssetSummary asset = record();
    assertThat(lva("assets", "--store", store(), "--delete", asset.name())).isZero();
    assertThat(out.toString()).contains("Deleted asset '" + asset.name() + "'", " MB.");
    assertThat(lva("assets", "--store", store())).isZero();
    assertThat(out.toString()).contains("holds no assets");
  }

  @Test
  void record_onlyBadCameras_leavesNoFolderAndNamesEach() {
    assertThat(lva("record", "rtsp://h:99999/x", "htp://h/x", "--asset", "a", "--store", store()))
        .isEqualTo(2);
    assertThat(errors.toString())
        .contains("none of the 2 cameras can be recorded; a-1: ")
        .containsOnlyOnce("a-2: "); // and not once more when it is refused
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void record_assetNameWithASlash_namesTheOption() {
    assertThat(lva("record", "rtsp://h/x", "--asset", "a/b", "--store", store())).isEqualTo(2);
    assertThat(errors.toString()).contains("--asset 'a/b' names no asset");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void record_goodAndBadCameras_recordsTheGoodOneAndExitsWithOne() throws IOException {
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      String good = camera.uri("/pattern").toString();
      String unknown = camera.uri("/nothing").toString();
      assertThat(
              lva(
                  "record",
                  good,
                  unknown,
                  "htp://h/x",
                  "--asset",
                  "door",
                  "--seconds",
                  "3",
                  "--store",
                  store()))
          .as(errors.toString())
          .isEqualTo(1);
    }
    assertThat(errors.toString()).contains("lva: door-3: ").doesNotContain("door-2");
    assertThat(out.toString().lines().filter(line -> line.contains("404"))).hasSize(1);
    try (AssetStore store = AssetStore.open(folder.resolve("store").toUri())) {
      assertThat(Assets.list(store)).extracting(AssetSummary::name).containsExactly("door-1");
    }
  }

  @Test
  void up_noCameraThatCanBeRecorded_saysWhyOfEachInOneLine() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("cameras.json"),
            """
            {"cameras": [{"name": "web", "url": "http://h/x"},
              {"name": "fr ont", "url": "rtsp://h/x"}]}
            """);
    assertThat(lva("up", config.toString())).isEqualTo(2);
    assertThat(errors.toString().lines()).hasSize(1);
    assertThat(errors.toString())
        .contains(
            "cameras.json: none of the 2 cameras can be recorded; camera 'web': cameras[0].url")
        .contains("; camera 'fr ont': cameras[1].name must be 1 to 32 letters")
        .doesNotContain("InvalidPattern");
  }

  @ParameterizedTest
  @CsvSource({
    "verify --store nowhere,                    there is no asset store",
    "verify --store file:///a|b,                neither a folder nor a URL",
    "verify --store file:x,                     neither a folder nor a URL",
    "verify --store file://host/x,              neither a folder nor a URL",
    "verify --store http://127.0.0.1/x,         no installed store",
    "verify --store . --asset '',               names no asset",
    "assets --store . --delete '',              names no asset",
    "assets --store . --delete x,               there is no asset 'x'",
    "record rtsp://h/x --topology none.json,    none.json is missing",
    "record rtsp://h/x --user u --password-file none --asset a, none is missing",
  })
  void command_wrongArgument_isOneLineAndExitCodeTwo(String line, String expected) {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    arguments.replaceAll(argument -> argument.equals("''") ? "" : argument);
    assertThat(lva(arguments.toArray(new String[0]))).isEqualTo(2);
    assertThat(errors.toString()).contains(expected);
    assertThat(errors.toString().strip().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:key:c2VjcmV0@videos",
        "s3://key:c2V/jcmV0@videos",
        "s3://key:c2VjcmV0@vid|eos",
        "azblob:videos?sig=c2VjcmV0",
        "none:key:c2VjcmV0"
      })
  void command_secretInTheStore_isNotRepeated(String store) {
    for (String command : List.of("verify", "assets", "serve")) {
      assertThat(lva(command, "--store", store)).isEqualTo(2);
    }
    assertThat(out + errors.toString()).doesNotContain("jcmV0");
    assertThat(errors.toString().strip().lines()).hasSize(3).allMatch(line -> line.length() < 200);
  }

  @Test
  void toString_camera_hidesItsPassword() {
    assertThat(new RecordCommand.Camera("front", "door", "rtsp://u:s3cret@h/x").toString())
        .contains("front", "door")
        .doesNotContain("s3cret");
  }
}
