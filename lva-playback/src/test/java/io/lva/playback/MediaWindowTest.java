package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a player relies on over many reloads. */
class MediaWindowTest {
  private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

  @TempDir private Path store;

  /** Numbers by address, as one playlist has them. */
  private record Numbers(Map<String, Long> media, Map<String, Long> discontinuity, long first) {
    static Numbers of(String playlist) {
      long number = tag(playlist, "EXT-X-MEDIA-SEQUENCE");
      long first = number;
      long discontinuity = tag(playlist, "EXT-X-DISCONTINUITY-SEQUENCE");
      Map<String, Long> media = new HashMap<>();
      Map<String, Long> discontinuities = new HashMap<>();
      for (String line : playlist.lines().toList()) {
        if (line.equals("#EXT-X-DISCONTINUITY")) {
          discontinuity++;
        } else if (!line.startsWith("#")) {
          media.put(line, number++);
          discontinuities.put(line, discontinuity);
        }
      }
      return new Numbers(media, discontinuities, first);
    }

    private static long tag(String playlist, String name) {
      Matcher matcher = Pattern.compile("#" + name + ":([0-9]+)").matcher(playlist);
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** What both have, has one number; and nothing of the middle got lost. */
    void assertContinues(Numbers before) {
      assertThat(first).isGreaterThanOrEqualTo(before.first);
      before.media.forEach(
          (address, number) -> {
            if (number >= first) {
              assertThat(media).containsEntry(address, number);
              assertThat(discontinuity).containsEntry(address, before.discontinuity.get(address));
            }
          });
    }
  }

  @Test
  void window_overSixHoursWithGaps_keepsItsNumbers() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(2);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Numbers before = Numbers.of(player.text(PlayerSession.VIDEO));
      for (int hour = 0; hour < 24; hour++) {
        for (int i = 0; i < 15; i++) {
          asset.segment(15);
        }
        asset.hole(Duration.ofMinutes(7), GapCause.CAMERA_UNREACHABLE);
        asset.fragments(1);
        Numbers now = Numbers.of(player.text(PlayerSession.VIDEO));
        now.assertContinues(before);
        before = now;
      }
      assertThat(before.first).isGreaterThan(100);
      assertThat(before.media).hasSizeLessThan(4 * 3600 / 2);
    }
  }

  @Test
  void window_whenTheClockStepsBack_goesOnInTheOrderOfRecording() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(10);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Numbers before = Numbers.of(player.text(PlayerSession.VIDEO));
      asset.newRun(asset.now().minusSeconds(15), ScriptedAsset.LARGE);
      asset.segment(4);
      asset.fragments(1);
      Numbers now = Numbers.of(player.text(PlayerSession.VIDEO));
      now.assertContinues(before);
      assertThat(now.media).hasSize(14);
      assertThat(player.text(PlayerSession.VIDEO).split("#EXT-X-DISCONTINUITY\n")).hasSize(2);
    }
  }

  @Test
  void window_behindARestart_beginsWithAHigherNumber() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    long last;
    asset.segment(15);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      for (int i = 0; i < 600; i++) {
        asset.segment(15);
      }
      Numbers numbers = Numbers.of(player.text(PlayerSession.VIDEO));
      last = numbers.first;
    }
    for (int i = 0; i < 10; i++) {
      asset.segment(15);
    }
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(Numbers.of(player.text(PlayerSession.VIDEO)).first).isGreaterThan(last);
    }
  }

  @Test
  void window_ofAnAssetThatIsDeletedAndBegunAnew_showsWhatIsThere() throws IOException {
    ScriptedAsset old = new ScriptedAsset(store, "door", START).live(false);
    old.segment(3);
    try (PlayerSession player = new PlayerSession(store, old)) {
      assertThat(player.text(PlayerSession.VIDEO)).contains("/0/1-2.m4s");
      old.delete();
      old.clock().advance(Duration.ofSeconds(1));
      assertThat(player.get(PlayerSession.VIDEO).status()).isEqualTo(404);

      ScriptedAsset begunAnew = new ScriptedAsset(store, "door", START.plusSeconds(8)).live(false);
      begunAnew.segment(1);
      old.clock().setUtc(begunAnew.now());
      String video = player.text(PlayerSession.VIDEO);
      assertThat(video.lines().filter(line -> line.startsWith("m/"))).hasSize(1);
    }
  }

  @Test
  void delta_joinedWithWhatThePlayerHas_isTheFullPlaylist() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(40);
    asset.hole(Duration.ofSeconds(20), GapCause.PACKET_LOSS);
    asset.segment(3);
    asset.fragments(2);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String delta = player.text(PlayerSession.VIDEO + "?_HLS_skip=YES");
      String full = player.text(PlayerSession.VIDEO);
      Matcher skipped = Pattern.compile("#EXT-X-SKIP:SKIPPED-SEGMENTS=([0-9]+)\n").matcher(delta);
      assertThat(skipped.find()).isTrue();
      long count = full.lines().filter(line -> line.startsWith("m/")).count();
      long listed = delta.lines().filter(line -> line.startsWith("m/")).count();
      assertThat(Integer.parseInt(skipped.group(1)) + listed).isEqualTo(count);
      assertThat(full).endsWith(delta.substring(delta.indexOf("#EXTINF")));
    }
  }

  @Test
  void window_recordedWithADateAhead_showsWhatIsRecordedNow() throws IOException {
    for (boolean inThisProcess : new boolean[] {true, false}) {
      Path folder = store.resolve("live-" + inThisProcess);
      Instant ahead = START.plus(Duration.ofDays(365));
      ScriptedAsset asset = new ScriptedAsset(folder, "door", ahead).live(inThisProcess);
      asset.segment(4);
      asset.clock().stepTo(START);
      asset.newRun(START, ScriptedAsset.LARGE);
      asset.segment(3);
      asset.fragments(2);
      try (PlayerSession player = new PlayerSession(folder, asset)) {
        Numbers before = Numbers.of(player.text(PlayerSession.VIDEO));
        assertThat(player.text(PlayerSession.VIDEO))
            .contains("m/20261122/")
            .doesNotContain("ENDLIST");
        asset.fragments(2);
        asset.clock().advance(Duration.ofSeconds(1));
        Numbers now = Numbers.of(player.text(PlayerSession.VIDEO));
        now.assertContinues(before);
        assertThat(now.media.size()).isGreaterThan(before.media.size());
      }
    }
  }

  @Test
  void window_recordedForHoursWithADateAhead_followsTheFileThatIsWrittenNow() throws IOException {
    Instant ahead = START.plus(Duration.ofDays(365));
    ScriptedAsset asset = new ScriptedAsset(store, "door", ahead).live(false);
    for (int hour = 0; hour < 4; hour++) {
      asset.newRun(ahead.plus(Duration.ofHours(hour)), ScriptedAsset.LARGE);
      asset.segment(2);
    }
    asset.clock().stepTo(START);
    asset.newRun(START, ScriptedAsset.LARGE);
    asset.fragments(3);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text(PlayerSession.VIDEO))
          .contains("m/20261122/")
          .doesNotContain("ENDLIST");
    }
  }

  @Test
  void window_clockSetBackByAnHour_endsWithWhatIsRecordedNow() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START).live(false);
    asset.segment(4);
    Instant back = START.minus(Duration.ofHours(1));
    asset.clock().stepTo(back);
    asset.newRun(back, ScriptedAsset.LARGE);
    asset.segment(2);
    asset.fragments(2);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(PlayerSession.VIDEO);
      assertThat(before).doesNotContain("ENDLIST");
      asset.fragments(2);
      asset.clock().advance(Duration.ofSeconds(1));
      String after = player.text(PlayerSession.VIDEO);
      Numbers.of(after).assertContinues(Numbers.of(before));
      List<String> media = after.lines().filter(line -> line.startsWith("m/")).toList();
      assertThat(media.get(media.size() - 1)).contains(asset.run().text());
    }
  }

  @Test
  void lengths_thatWerePromised_doNotChangeWhenTheCameraSlowsDown() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(4);
    asset.fragments(1);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(PlayerSession.VIDEO);
      for (int i = 0; i < 4; i++) {
        asset.part(i == 0, ScriptedAsset.TIMESCALE);
      }
      asset.part(true, ScriptedAsset.TIMESCALE);
      String after = player.text(PlayerSession.VIDEO);
      for (String tag : new String[] {"#EXT-X-TARGETDURATION:", "#EXT-X-PART-INF:"}) {
        assertThat(line(after, tag)).isEqualTo(line(before, tag));
      }
      assertThat(after).doesNotContain("EXT-X-PART:DURATION=1.0").doesNotContain("PRELOAD-HINT");
    }
  }

  @Test
  void window_keyFramesFarApart_playsBeforeTheFirstGroupEnds() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Numbers before = null;
      for (int i = 0; i < 160; i++) { // a key frame every 80 s
        asset.part(i == 0, ScriptedAsset.PART_TICKS);
        if (i > 12) {
          String text = player.text(PlayerSession.VIDEO);
          assertThat(line(text, "#EXT-X-TARGETDURATION:")).endsWith(":6");
          assertThat(text).contains("#EXT-X-PART:").doesNotContain("INDEPENDENT-SEGMENTS");
          Numbers now = Numbers.of(text);
          now.assertContinues(before == null ? now : before);
          before = now;
        }
      }
      assertThat(Objects.requireNonNull(before).media).hasSize(13);
      assertThat(player.text(PlayerSession.VIDEO).split("INDEPENDENT=YES")).hasSize(1);
    }
  }

  @Test
  void window_aPictureThatLastsTenSeconds_keepsTheLengthThatWasPromised() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(4);
    asset.fragments(1);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(line(player.text(PlayerSession.VIDEO), "#EXT-X-TARGETDURATION:")).endsWith(":6");
      asset.part(true, 10 * ScriptedAsset.TIMESCALE);
      asset.part(true, ScriptedAsset.PART_TICKS);
      asset.part(false, ScriptedAsset.PART_TICKS);
      asset.part(true, ScriptedAsset.PART_TICKS);
      String after = player.text(PlayerSession.VIDEO);
      assertThat(line(after, "#EXT-X-TARGETDURATION:")).endsWith(":6");
      List<String> lines = after.lines().toList();
      int cut = lines.indexOf("#EXTINF:6.00000,");
      assertThat(cut).isPositive();
      assertThat(lines.subList(cut + 2, lines.size())).startsWith("#EXT-X-DISCONTINUITY");
      assertThat(after).contains("#EXT-X-PROGRAM-DATE-TIME:2026-11-22T20:00:20.000Z");
    }
  }

  private static String line(String playlist, String tag) {
    return playlist.lines().filter(line -> line.startsWith(tag)).findFirst().orElseThrow();
  }
}
