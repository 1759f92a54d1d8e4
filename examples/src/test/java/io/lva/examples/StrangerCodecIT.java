package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.examples.judge.GStreamerServer;
import io.lva.examples.judge.StrangerCode;
import io.lva.media.GapCause;
import io.lva.playback.Playback;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A codec that the library does not know is one class and one registration of an integrator. */
class StrangerCodecIT {
  private static final String MAIN = "com.example.codec.CodecMain";
  private static final String CLIP =
      "ffmpeg -v error -f lavfi -i testsrc2=s=320x240:r=25 -t 60 -c:v mpeg4 -g 25 -b:v 600k"
          + " clip.mp4";
  private static final String CAMERA =
      "/c=( filesrc location=%s ! qtdemux ! mpeg4videoparse"
          + " ! rtpmp4vpay name=pay0 pt=96 config-interval=-1 )";
  private static final int SECONDS = 10;

  @TempDir private Path folder;

  @Test
  void codec_onTheClassPath_isRecordedAndPlayedBack() throws IOException {
    assertRecordedAndPlayedBack(
        compile()
            .onTheClassPath(
                Map.of("io.lva.rtp.payload.PayloadFormat", "com.example.codec.Mpeg4Visual"), MAIN));
  }

  @Test
  void codec_onTheModulePath_isRecordedAndPlayedBack() throws IOException {
    assertRecordedAndPlayedBack(compile().onTheModulePath("stranger/" + MAIN));
  }

  private StrangerCode compile() throws IOException {
    return StrangerCode.compile(
        folder,
        "com/example/codec",
        """
        module stranger {
          requires io.lva.core;
          requires io.lva.rtsp;
          exports com.example.codec;
          provides io.lva.rtp.payload.PayloadFormat with com.example.codec.Mpeg4Visual;
        }
        """);
  }

  private void assertRecordedAndPlayedBack(List<String> launch) throws IOException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Path store = Files.createDirectory(folder.resolve("store"));
    Judges.acceptIn(folder, CLIP.split(" ", -1));
    String camera = CAMERA.formatted(folder.resolve("clip.mp4"));
    try (GStreamerServer server = GStreamerServer.start(folder, camera)) {
      Judges.Verdict verdict =
          StrangerCode.run(launch, server.url("/c"), store.toUri().toString(), "" + SECONDS);
      assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
      assertThat(verdict.output()).contains("RecordingStarted").doesNotContain("MediaFormatError");
    }
    assertVerified(store);
    assertPictures(export(store).toString());
    try (Playback playback = Playback.open(store.toUri());
        HttpPlaybackServer server = HttpPlaybackServer.start(playback, HttpOptions.loopback(0))) {
      assertPictures(
          "http://127.0.0.1:"
              + server.address().getPort()
              + "/pictures/content.ism/manifest(format=m3u8-cmaf).m3u8");
    }
  }

  private static void assertVerified(Path store) throws IOException {
    try (AssetStore assets = AssetStore.open(store.toUri())) {
      AssetReport report = AssetVerifier.verify(assets, "pictures", progress -> {});
      assertThat(report.problems()).isEmpty();
      assertThat(report.runs()).hasSize(1);
      assertThat(report.gaps()).allMatch(gap -> gap.causes().equals(List.of(GapCause.OPERATOR)));
      String codec = codec(assets);
      assertThat(codec).startsWith("mp4v.20.");
      AssetVerifier.repair(assets, "pictures", progress -> {});
      assertThat(codec(assets)).isEqualTo(codec);
    }
  }

  private static String codec(AssetStore assets) throws IOException {
    try (AssetReader reader = AssetReader.open(assets, "pictures")) {
      TimeRange span = reader.span().orElseThrow();
      return reader.sections(span.start(), span.end()).get(0).master().track().codec();
    }
  }

  private Path export(Path store) throws IOException {
    Path file = folder.resolve("export.mp4");
    try (AssetStore assets = AssetStore.open(store.toUri());
        AssetReader reader = AssetReader.open(assets, "pictures")) {
      TimeRange span = reader.span().orElseThrow();
      try (var export = AssetExporter.export(reader, span.start(), span.end());
          var channel =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        export.writeTo(channel, (written, total) -> {});
      }
    }
    return file;
  }

  /** Another decoder finds whole pictures of that codec, as many as fit into the time. */
  private static void assertPictures(String input) {
    Judges.accept("ffmpeg", "-v", "error", "-xerror", "-i", input, "-f", "null", "-");
    String probed =
        Judges.accept(
                ("ffprobe -v error -count_packets -select_streams v -of csv=p=0"
                        + " -show_entries stream=codec_name,width,height,nb_read_packets "
                        + input)
                    .split(" ", -1))
            .output();
    String track = probed.strip().lines().findFirst().orElse("");
    assertThat(track).startsWith("mpeg4,320,240,");
    int pictures = Integer.parseInt(track.split(",", -1)[3]);
    assertThat(pictures).isBetween(25 * (SECONDS - 6), 25 * (SECONDS + 2));
  }
}
