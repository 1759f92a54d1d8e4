package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.FlatClip;
import io.lva.examples.judge.MadeAsset;
import io.lva.examples.judge.Vlc;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * ffmpeg and VLC play the addresses of manifests, a range and a recording that goes on and ends.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ProgramsPlayIT {
  private static final Instant RUN_A = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant RUN_B = RUN_A.plusSeconds(66);
  private static final int FRAMES_A_SECOND = 25;

  @TempDir private Path folder;
  private PlayerRig rig;
  private ExecutorService programs;

  @BeforeEach
  void start() throws IOException {
    Path store = folder.resolve("store");
    rig = new PlayerRig(store);
    FlatClip large = FlatClip.encode(folder, "320x180", FRAMES_A_SECOND, 6);
    FlatClip small = FlatClip.encode(folder, "160x96", FRAMES_A_SECOND, 6);
    new MadeAsset(store, "door", RUN_A)
        .run(RUN_A, large)
        .run(RUN_B, large)
        .run(RUN_B.plusSeconds(6), small)
        .close();
    programs = Executors.newCachedThreadPool();
  }

  @AfterEach
  void stop() {
    programs.shutdownNow();
    rig.close();
  }

  private String manifest(String asset, String range) {
    return rig.url() + asset + "/content.ism/manifest(format=m3u8-cmaf," + range + ").m3u8";
  }

  /** Decodes everything; the first error ends it. */
  private static long ffmpegPictures(String url) {
    Judges.require("ffmpeg");
    return Judges.accept(
            "ffmpeg",
            "-v",
            "error",
            "-xerror",
            "-err_detect",
            "explode",
            "-live_start_index",
            "0",
            "-i",
            url,
            "-fps_mode",
            "passthrough",
            "-f",
            "framecrc",
            "-")
        .lines()
        .stream()
        .filter(line -> !line.startsWith("#"))
        .count();
  }

  /** The last pictures stay in VLC's multiplexer. */
  private int vlcPictures(String url) throws IOException {
    return Vlc.pictures(folder, url);
  }

  @Test
  void recordedRange_isPlayedWhole() throws IOException {
    String range = "startTime=2026-11-20T10:00:01Z,endTime=2026-11-20T10:00:05.500Z";
    int expected = 6 * FRAMES_A_SECOND;
    assertThat(ffmpegPictures(manifest("door", range))).isEqualTo(expected);
    assertThat(vlcPictures(manifest("door", range))).isBetween(expected * 9 / 10, expected);
  }

  /** VLC 3 takes the initialization segment for the first run alone, and ends at the gap. */
  @Test
  void recordedRange_withGap_isPlayedByFfmpegWhole() throws IOException {
    // Two groups of pictures in front of the gap, two after it.
    String range = "startTime=2026-11-20T10:00:02Z,endTime=2026-11-20T10:01:10Z";
    assertThat(ffmpegPictures(manifest("door", range))).isEqualTo(8 * FRAMES_A_SECOND);
    assertThat(vlcPictures(manifest("door", range))).isGreaterThan(3 * FRAMES_A_SECOND);
  }

  @Test
  void recordingThatGoesOn_isPlayedToItsEnd() throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String address = manifest("camera", "startTime=" + start);
    rig.awaitPlayable(address);
    Future<Long> ffmpeg = programs.submit(() -> ffmpegPictures(address));
    Future<Integer> vlc = programs.submit(() -> vlcPictures(address));
    rig.awaitRecorded(start.plusSeconds(10));
    rig.stopRecording();
    long followed = ffmpeg.get();
    long watched = vlc.get();
    long recorded =
        ffmpegPictures(manifest("camera", "startTime=" + start + ",endTime=" + Instant.now()));
    assertThat(recorded).isGreaterThan(8 * FRAMES_A_SECOND);
    // It may end with the playlist it read last, a fragment before the end.
    assertThat(followed).isBetween(recorded - 2 * FRAMES_A_SECOND, recorded);
    assertThat(watched).isBetween(recorded * 8 / 10, recorded);
  }
}
