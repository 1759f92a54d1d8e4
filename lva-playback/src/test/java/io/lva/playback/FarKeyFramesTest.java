package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live playlists of cameras whose key frames are 30 s, 80 s or for ever apart. */
class FarKeyFramesTest {
  private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");
  private static final String CONTENT = "/door/content.ism/";
  private static final String MANIFEST = CONTENT + "manifest(format=m3u8-cmaf).m3u8";
  private static final int PARTS_PER_SECOND = ScriptedAsset.TIMESCALE / ScriptedAsset.PART_TICKS;
  private static final Duration SOON = Duration.ofMillis(250);

  /** The first fragment is complete with the part behind its six seconds. */
  private static final int PARTS_OF_THE_FIRST = 6 * PARTS_PER_SECOND;

  /** Every player is told of a first fragment that has lasted so long. */
  private static final int PARTS_OF_MOST_GROUPS = (int) Math.ceil(2.5 * PARTS_PER_SECOND);

  @TempDir private Path store;

  private ScriptedAsset asset(boolean inThisProcess) throws IOException {
    return new ScriptedAsset(store, "door", START).live(inThisProcess);
  }

  private static void part(ScriptedAsset asset, boolean sync) {
    asset.part(sync, ScriptedAsset.PART_TICKS);
    asset.clock().advance(SOON);
  }

  private static List<String> lines(String playlist, String tag) {
    return playlist.lines().filter(line -> line.startsWith(tag)).toList();
  }

  private static double start(String playlist) {
    List<String> tags = lines(playlist, "#EXT-X-START:TIME-OFFSET=");
    assertThat(tags).as(playlist).hasSize(1);
    return Double.parseDouble(tags.get(0).substring(tags.get(0).indexOf('=') + 1));
  }

  private static double sum(String playlist, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(playlist);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  /** The parts behind the last complete fragment. */
  private static String openParts(String playlist) {
    return playlist.substring(Math.max(0, playlist.lastIndexOf("#EXTINF")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void playlist_firstFragmentIsOpen_listsItsParts(boolean inThisProcess) throws IOException {
    ScriptedAsset asset = asset(inThisProcess);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String first = player.text(PlayerSession.VIDEO);
      assertThat(lines(first, "#EXT-X-PART:")).hasSize(1).allMatch(tag -> tag.contains("=YES"));
      for (int parts = 2; parts <= PARTS_OF_THE_FIRST + 1; parts++) {
        part(asset, false);
        String now = player.text(PlayerSession.VIDEO);
        assertThat(lines(now, "#EXT-X-PART:")).hasSize(parts);
        assertThat(lines(now, "#EXTINF")).hasSize(parts > PARTS_OF_THE_FIRST ? 1 : 0);
        for (String tag :
            List.of("#EXT-X-MEDIA-SEQUENCE:", "#EXT-X-TARGETDURATION:", "#EXT-X-PART-INF:")) {
          assertThat(lines(now, tag)).isEqualTo(lines(first, tag));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void multivariant_firstFragmentIsOpen_comesBeforeItsEndWhereKeyFramesAreFarApart(
      boolean inThisProcess) throws IOException {
    ScriptedAsset asset = asset(inThisProcess);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<PlayerSession.Answer> answer = player.ask(MANIFEST);
      for (int parts = 1; parts < PARTS_OF_MOST_GROUPS; parts++) {
        assertThat(answer).isNotDone();
        part(asset, false);
        if (!inThisProcess) {
          player.timer.expireShortest();
        }
      }
      assertThat(answer.join().text()).contains("CODECS=\"avc1.", "RESOLUTION=1920x1080");
    }
  }

  @Test
  void multivariant_firstFragmentIsComplete_comesAtOnce() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<PlayerSession.Answer> answer = player.ask(MANIFEST);
      part(asset, false);
      assertThat(answer).isNotDone();
      part(asset, true);
      assertThat(answer.join().status()).isEqualTo(200);
      assertThat(lines(player.text(PlayerSession.VIDEO), "#EXTINF")).hasSize(1);
    }
  }

  @Test
  void media_ofAnOpenFirstFragment_canBeLoaded() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Matcher address =
          Pattern.compile("URI=\"([^\"]+)\"").matcher(player.text(PlayerSession.VIDEO));
      List<CompletableFuture<PlayerSession.Answer>> answers = new ArrayList<>();
      while (address.find()) {
        answers.add(player.ask(CONTENT + address.group(1)));
      }
      assertThat(answers).hasSize(3); // initialization, part, hint
      part(asset, false);
      assertThat(answers).allMatch(answer -> answer.join().status() == 200);
    }
  }

  @Test
  void reload_ofAnOpenFirstFragment_isAnsweredWithTheNextPart() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String playlist = player.text(PlayerSession.VIDEO);
      String number = lines(playlist, "#EXT-X-MEDIA-SEQUENCE:").get(0).replaceFirst(".*:", "");
      String target = PlayerSession.VIDEO + "?_HLS_msn=" + number + "&_HLS_part=";
      assertThat(player.get(target + 0).status()).isEqualTo(200);
      CompletableFuture<PlayerSession.Answer> answer = player.ask(target + 1);
      assertThat(answer).isNotDone();
      part(asset, false);
      assertThat(lines(answer.join().text(), "#EXT-X-PART:")).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest(format=mpd-time-cmaf).mpd",
        "video(startTime=2026-11-22T20:00:00Z,endTime=2026-11-22T20:10:00Z).m3u8"
      })
  void manifest_thatListsNoParts_isAnsweredWithTheFirstFragment(String target) throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<PlayerSession.Answer> answer = player.ask(CONTENT + target);
      for (int parts = 1; parts < PARTS_OF_THE_FIRST; parts++) {
        part(asset, false);
        assertThat(answer).isNotDone();
      }
      part(asset, false);
      assertThat(answer.join().status()).isEqualTo(200);
      assertThat(answer.join().text()).containsAnyOf("<S t=", "#EXTINF:6.0");
    }
  }

  @Test
  void manifest_thatListsNoPartsAndTheCameraStops_isNotFound() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<PlayerSession.Answer> answer =
          player.ask(CONTENT + "manifest(format=mpd-time-cmaf).mpd");
      player.timer.expireAll();
      assertThat(answer.join().status()).isEqualTo(404);
    }
  }

  @Test
  void playlist_sinceAnInstantThatIsToCome_isNotFound() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    part(asset, true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String later = "(startTime=2026-11-22T20:05:00Z).m3u8";
      assertThat(player.get(CONTENT + "video" + later).status()).isEqualTo(404);
    }
  }

  /** A key frame each 80 s, and for a while one each 2 s. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void start_keyFramesFarApart_isJustBehindTheNewest(boolean inThisProcess) throws IOException {
    ScriptedAsset asset = asset(inThisProcess);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      int sinceSync = 0;
      for (int i = 0; i < 400; i++) {
        int distance = i >= 320 && i < 340 ? 2 : 80;
        boolean sync = i % (distance * PARTS_PER_SECOND) == 0;
        sinceSync = sync ? 1 : sinceSync + 1;
        part(asset, sync);
        String now = player.text(PlayerSession.VIDEO);
        assertThat(lines(now, "#EXT-X-TARGETDURATION:")).containsExactly("#EXT-X-TARGETDURATION:6");
        if (i > PARTS_OF_THE_FIRST) {
          double behind = -start(now);
          double group = (double) sinceSync / PARTS_PER_SECOND;
          assertThat(behind).as("part " + i).isBetween(group - 0.11, group);
          assertThat(now).doesNotContain("INDEPENDENT-SEGMENTS");
        }
      }
      String last = player.text(PlayerSession.VIDEO);
      double listed = sum(last, "#EXTINF:([0-9.]+)") + sum(openParts(last), "DURATION=([0-9.]+)");
      assertThat(listed).isCloseTo(200, within(0.01));
    }
  }

  /** hls.js that has loaded the first fragment whole finds no part to go on with otherwise. */
  @Test
  void parts_ofAFragmentThatNeedsTheOneBefore_areListedWithoutMarks() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      for (int i = 0; i <= PARTS_OF_THE_FIRST + 2; i++) {
        part(asset, i == 0);
        String now = player.text(PlayerSession.VIDEO);
        boolean first = i <= PARTS_OF_THE_FIRST - 1;
        assertThat(now.contains("INDEPENDENT=YES")).as(now).isEqualTo(first);
      }
      part(asset, true);
      assertThat(openParts(player.text(PlayerSession.VIDEO))).contains("INDEPENDENT=YES");
    }
  }

  @Test
  void start_eachFragmentStandsAlone_isLeftToThePlayer() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    asset.segment(3);
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text(PlayerSession.VIDEO)).doesNotContain("EXT-X-START");
    }
  }

  @Test
  void multivariant_whileTheRangeGrows_claimsNothingOfLaterFragments() throws IOException {
    ScriptedAsset asset = asset(/* inThisProcess= */ true);
    asset.segment(3);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text(MANIFEST)).doesNotContain("INDEPENDENT-SEGMENTS");
      asset.end();
      assertThat(player.text(MANIFEST)).contains("INDEPENDENT-SEGMENTS");
    }
  }
}
