package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTENT = "/door/content.ism/";

  @TempDir private Path store;

  private ScriptedAsset asset() throws IOException {
    return new ScriptedAsset(store, "door", START);
  }

  /** Two segments, a minute of nothing, and another picture size at once after it. */
  private static void gapAndFormatChange(ScriptedAsset asset) {
    asset.segment(3);
    asset.segment(2);
    asset.hole(Duration.ofMinutes(1), GapCause.CAMERA_UNREACHABLE);
    asset.segment(2);
    asset.newRun(asset.now(), ScriptedAsset.SMALL);
    asset.segment(2);
  }

  @Test
  void manifest_ofRange_namesCodecsAndLeadsToVideo() throws IOException {
    ScriptedAsset asset = asset();
    gapAndFormatChange(asset);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check(
          "multivariant.m3u8",
          player.text(
              CONTENT
                  + "manifest(format=m3u8-cmaf,startTime=2026-11-22T10:00:00Z,"
                  + "endTime=2026-11-22T11:00:00Z).m3u8"));
    }
  }

  @Test
  void video_ofRangeWithGapAndFormatChange_isCompleteWithDiscontinuities() throws IOException {
    ScriptedAsset asset = asset();
    gapAndFormatChange(asset);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check(
          "recorded.m3u8",
          player.text(
              CONTENT + "video(startTime=2026-11-22T10:00:05Z,endTime=2026-11-22T11:00:00Z).m3u8"));
    }
  }

  @Test
  void video_whileRecording_listsPartsOfTheNewestFragments() throws IOException {
    ScriptedAsset asset = asset();
    asset.segment(5);
    asset.fragments(2);
    asset.part();
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check("live.m3u8", player.text(PlayerSession.VIDEO));
    }
  }

  @Test
  void video_afterAGapWhileRecording_opensTheDiscontinuityWithTheFirstPart() throws IOException {
    ScriptedAsset asset = asset();
    asset.segment(2);
    asset.hole(Duration.ofSeconds(30), GapCause.PACKET_LOSS);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check("live-behind-gap.m3u8", player.text(PlayerSession.VIDEO));
    }
  }

  @Test
  void video_withSkip_leavesOutWhatThePlayerHas() throws IOException {
    ScriptedAsset asset = asset();
    asset.segment(30);
    asset.fragments(3);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check("delta.m3u8", player.text(PlayerSession.VIDEO + "?_HLS_skip=YES"));
    }
  }

  @Test
  void video_withStartAlone_growsWhileRecordedAndEndsWithIt() throws IOException {
    ScriptedAsset asset = asset();
    asset.segment(3);
    asset.fragments(1);
    asset.part();
    String target = CONTENT + "video(startTime=2026-11-22T10:00:03Z).m3u8";
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check("event.m3u8", player.text(target));
      asset.end();
      Golden.check("event-ended.m3u8", player.text(target));
    }
  }

  @Test
  void video_ofAnotherProcess_isLiveWithoutParts() throws IOException {
    ScriptedAsset asset = asset().live(false);
    asset.segment(3);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Golden.check("live-other-process.m3u8", player.text(PlayerSession.VIDEO));
    }
  }

  /** A file is complete before its row is written. */
  @Test
  void video_whenTheLastFileIsNotInTheIndexYet_endsWithIt() throws IOException {
    ScriptedAsset asset = asset().live(false);
    asset.segment(3);
    asset.delayIndex();
    asset.segment(1);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String video = player.text(PlayerSession.VIDEO);
      assertThat(video).endsWith("#EXT-X-ENDLIST\n");
      assertThat(fragments(video)).hasSize(4);
      asset.indexNow();
      asset.clock().setUtc(asset.now());
      assertThat(player.text(PlayerSession.VIDEO)).isEqualTo(video);
    }
  }

  @Test
  void video_behindTheEndOfTheRecording_isComplete() throws IOException {
    ScriptedAsset asset = asset();
    asset.segment(3);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text(PlayerSession.VIDEO))
          .contains("#EXT-X-PLAYLIST-TYPE:VOD")
          .endsWith("#EXT-X-ENDLIST\n");
    }
  }

  @Test
  void video_ofACompleteSegmentThatTheIndexHasNotYet_isOneLine() throws IOException {
    ScriptedAsset asset = asset();
    asset.segment(2);
    asset.delayIndex();
    asset.segment(2);
    asset.fragments(2);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(PlayerSession.VIDEO);
      asset.indexNow();
      asset.part();
      String after = player.text(PlayerSession.VIDEO);
      assertThat(fragments(before)).hasSize(6).isEqualTo(fragments(after));
    }
  }

  private static java.util.List<String> fragments(String playlist) {
    return playlist.lines().filter(line -> line.startsWith("m/")).toList();
  }
}
