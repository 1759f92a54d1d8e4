package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtspsim.CameraSimulator;
import io.lva.rtspsim.PatternEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page while the next key frame of the camera is far away. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FarKeyFramesIT {
  /**
   * A second where nothing else runs; the machine may be busy. Counted from the first complete
   * fragment, which lasts six seconds at most: hls.js takes a playlist with parts only for empty.
   */
  private static final Duration JOINED = Duration.ofSeconds(4);

  private static final Duration BEHIND = Duration.ofSeconds(8);

  /** The clock of the player is that of the picture. */
  private static final Duration CLOCK = Duration.ofMillis(120);

  private static final String VIDEO = "camera/content.ism/video.m3u8";

  private static final int YOUNG_FRAMES = 2 * PatternEncoder.FRAMES_PER_SECOND;

  @TempDir private Path folder;

  /** Returns a distance of key frames, the last of which was a moment ago. */
  private static Duration distance(int leastSeconds) {
    long now = System.currentTimeMillis() / PatternEncoder.FRAME_MILLIS;
    long frames = (long) leastSeconds * PatternEncoder.FRAMES_PER_SECOND;
    while (now % frames > YOUNG_FRAMES) {
      frames++;
    }
    return Duration.ofMillis(frames * PatternEncoder.FRAME_MILLIS);
  }

  /** Joined while the first fragment is under construction, and in a fragment without key frame. */
  @ParameterizedTest
  @ValueSource(ints = {30, 80})
  void open_betweenKeyFrames_showsTheNewestPicturesAtOnce(int seconds) throws Exception {
    CameraSimulator.Builder camera =
        CameraSimulator.builder().burst(true).patternGroup(distance(seconds));
    try (PlayerPage page = new PlayerPage();
        PlayerRig rig = new PlayerRig(folder, camera)) {
      rig.awaitPlayable(rig.url() + "camera/content.ism/manifest(format=m3u8-cmaf).m3u8");
      assertPlaysAtOnce(page, rig);

      String playlist = rig.awaitPlaylist(rig.url() + VIDEO, text -> text.endsWith("\"\n"));
      assertThat(playlist).doesNotContain("INDEPENDENT-SEGMENTS").contains("#EXT-X-START");
      assertPlaysAtOnce(page, rig);
      assertThat(page.browser().messages()).isEmpty();
      page.leave();
    }
  }

  private static void assertPlaysAtOnce(PlayerPage page, PlayerRig rig) throws Exception {
    page.open(rig.url());
    rig.awaitPlaylist(rig.url() + VIDEO, text -> text.contains("#EXTINF"));
    long playable = System.nanoTime();
    page.awaitLive();
    assertThat(Duration.ofNanos(System.nanoTime() - playable))
        .as(page::requests)
        .isLessThan(JOINED);
    List<PlayerPage.View> views = page.watch(25);
    assertThat(views)
        .extracting(PlayerPage.View::error)
        .allMatch(error -> error.compareTo(CLOCK) <= 0);
    assertThat(views).hasSizeGreaterThan(20).extracting(PlayerPage.View::picture).isSorted();
    page.awaitBehind(BEHIND);
  }
}
