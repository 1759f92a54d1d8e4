package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetSummary;
import io.lva.asset.Assets;
import io.lva.asset.format.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private final StringWriter errors = new StringWriter();

  private int lva(String... arguments) {
    return Lva.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
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

  @Test
  void toString_camera_hidesItsPassword() {
    assertThat(new RecordCommand.Camera("front", "door", "rtsp://u:s3cret@h/x").toString())
        .contains("front", "door")
        .doesNotContain("s3cret");
  }
}
