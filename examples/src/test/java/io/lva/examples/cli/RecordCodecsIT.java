package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lva.examples.judge.GStreamerServer;
import io.lva.examples.judge.LipSync;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records H.265, and sound beside pictures, from a server that is not ours. */
class RecordCodecsIT {
  private static final String PICTURES =
      "filesrc location=%s ! matroskademux name=d d.video_0 ! queue ! h264parse"
          + " ! rtph264pay name=pay0 pt=96 config-interval=-1 d.audio_0 ! queue ! ";
  private static final String H265 =
      "videotestsrc is-live=true pattern=ball"
          + " ! video/x-raw,format=I420,width=640,height=360,framerate=25/1"
          + " ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=50 bitrate=600"
          + " ! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1";

  @TempDir private Path folder;

  private Recorded record(String launch) throws IOException {
    return record(launch, 20);
  }

  private Recorded record(String launch, int seconds, String... options) throws IOException {
    Path store = folder.resolve("store");
    try (GStreamerServer server = GStreamerServer.start(folder, "/c=( " + launch + " )")) {
      List<String> arguments =
          new ArrayList<>(
              List.of("record", server.url("/c"), "--asset", "a", "--store", store.toString()));
      arguments.addAll(List.of("--seconds", Integer.toString(seconds)));
      arguments.addAll(List.of(options));
      try (LvaProcess lva = LvaProcess.start(folder, arguments.toArray(String[]::new))) {
        Judges.Verdict verdict = lva.await(Duration.ofMinutes(2));
        assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
      }
    }
    Judges.Verdict verified = LvaProcess.run(folder, "verify", "--store", store.toString());
    assertThat(verified.output()).contains(", 1 run, ").contains(", 0 problems");
    return Recorded.of(store, "a");
  }

  private static String streams(Path file) {
    return Judges.accept(
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "stream=codec_name,codec_tag_string",
            "-of",
            "csv=p=0",
            file.toString())
        .output()
        .strip()
        .replace("\n", " ");
  }

  @Test
  void record_h265_isPlayableWithCompleteParameterSets() throws IOException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Recorded recorded = record(H265);

    recorded.assertPlayableAndContinuous(/* frameTicks= */ 3600);
    assertThat(streams(recorded.segments().get(0))).isEqualTo("hevc,hvc1");
  }

  @Test
  void record_withoutAudio_isTheVideoAlone() throws IOException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Path clip = LipSync.clip(folder, "aac", 20);
    String launch = PICTURES.formatted(clip) + "aacparse ! rtpmp4gpay name=pay1 pt=97";
    Recorded recorded = record(launch, 4, "--no-audio");

    recorded.assertPlayableAndContinuous(/* frameTicks= */ 3600);
    assertThat(streams(recorded.segments().get(0))).isEqualTo("h264,avc1");
  }

  @ParameterizedTest
  @CsvSource({
    "pcm_mulaw, audio/x-mulaw ! rtppcmupay name=pay1 pt=0, 'pcm_mulaw,ulaw'",
    "pcm_alaw, audio/x-alaw ! rtppcmapay name=pay1 pt=8, 'pcm_alaw,alaw'",
    "aac, aacparse ! rtpmp4gpay name=pay1 pt=97, 'aac,mp4a'",
    "aac, aacparse ! rtpmp4apay name=pay1 pt=97, 'aac,mp4a'",
    "libopus, opusparse ! rtpopuspay name=pay1 pt=97, 'opus,Opus'",
  })
  void record_soundBesidePictures_isInTheSameFileAndInStep(
      String encoder, String payloader, String expected) throws IOException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Path clip = LipSync.clip(folder, encoder, 40);
    Recorded recorded = record(PICTURES.formatted(clip) + payloader);

    recorded.assertPlayableAndContinuous(/* frameTicks= */ 3600);
    assertThat(recorded.segments()).hasSize(1);
    Path segment = recorded.segments().get(0);
    assertThat(streams(segment)).isEqualTo("h264,avc1 " + expected);
    List<Double> errors = LipSync.errorsMillis(folder, segment);
    assertThat(errors).hasSizeGreaterThan(17);
    // The first reports of the server tell the exact distance of both tracks.
    assertThat(errors.subList(5, errors.size()))
        .allSatisfy(error -> assertThat(error).isCloseTo(0, within(20.0)));
  }
}
