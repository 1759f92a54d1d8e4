package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.Clips;
import io.lva.examples.judge.GStreamerServer;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.NalUnits;
import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.Vlc;
import io.lva.media.Bytes;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records a server that is not ours for a minute; ffmpeg, ffprobe and VLC judge the files. */
class RecordGStreamerIT {
  @TempDir private Path folder;

  @Test
  void record_aMinuteOfTwoClips_isTheSourceToTheBit() throws IOException {
    Judges.require("ffmpeg", "ffprobe");
    Path plain = Clips.mp4(folder, 70, 0);
    Path reordered = Clips.mp4(folder, 70, 2);
    Path store = folder.resolve("store");
    try (GStreamerServer server =
            GStreamerServer.start(
                folder,
                GStreamerServer.file("/plain", plain),
                GStreamerServer.file("/reordered", reordered));
        LvaProcess first = record(store, "plain", server.url("/plain"));
        LvaProcess second = record(store, "reordered", server.url("/reordered"))) {
      for (LvaProcess lva : List.of(first, second)) {
        Judges.Verdict verdict = lva.await(Duration.ofMinutes(2));
        assertThat(verdict.errors()).isEmpty();
        assertThat(verdict.exitCode()).isZero();
      }
    }
    for (String asset : List.of("plain", "reordered")) {
      Recorded recorded = Recorded.of(store, asset);
      recorded.assertPlayableAndContinuous(/* frameTicks= */ 3600);
      assertIsPartOf(
          recorded.slices(folder), Clips.slices(folder, asset.equals("plain") ? plain : reordered));
    }
    Judges.Verdict verified =
        LvaProcess.run(folder, "verify", "--json", "--store", store.toString());
    assertThat(verified.exitCode()).as(verified.output()).isZero();
    assertPlaysAloneAndCutOff(Recorded.of(store, "reordered").segments().get(0));
  }

  private LvaProcess record(Path store, String asset, String url) {
    return LvaProcess.start(
        folder, "record", url, "--asset", asset, "--store", store.toString(), "--seconds", "60");
  }

  /** From the first recorded slice on, every slice of the source is there, in its order. */
  private static void assertIsPartOf(NalUnits recorded, NalUnits source) {
    List<Bytes> units = recorded.units();
    int start = source.units().indexOf(units.get(0));
    assertThat(units.get(0).get(0) & 0x1f).as("begins with an IDR picture").isEqualTo(5);
    assertThat(start).isNotNegative();
    assertThat(units).hasSizeGreaterThan(59 * 25);
    assertThat(units).isEqualTo(source.units().subList(start, start + units.size()));
  }

  private void assertPlaysAloneAndCutOff(Path segment) throws IOException {
    int frames = Recorded.decodeTimes(segment).size();
    assertThat(countFrames(segment)).isEqualTo(frames);
    Path cut = folder.resolve("cut.mp4");
    byte[] content = Files.readAllBytes(segment);
    Files.write(cut, java.util.Arrays.copyOf(content, content.length / 2));
    assertThat(countFrames(cut)).isGreaterThan(frames / 3);
    assertThat(Vlc.pictures(folder, segment.toString())).isGreaterThan(frames * 9 / 10);
    assertThat(Vlc.pictures(folder, cut.toString())).isGreaterThan(frames / 3);
  }

  private static int countFrames(Path file) {
    Judges.Verdict verdict =
        Judges.run(
            "ffprobe",
            "-v",
            "quiet",
            "-count_frames",
            "-select_streams",
            "v:0",
            "-show_entries",
            "stream=nb_read_frames",
            "-of",
            "csv=p=0",
            file.toString());
    return Integer.parseInt(verdict.output().strip());
  }
}
