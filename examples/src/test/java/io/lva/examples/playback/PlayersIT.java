package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lva.examples.judge.FlatClip;
import io.lva.examples.judge.MadeAsset;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** hls.js and shaka-player play what is served: gaps, another picture size, a day, live. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PlayersIT {
  private static final Instant RUN_A = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant RUN_B = RUN_A.plusSeconds(66);
  private static final Instant RUN_C = RUN_B.plusSeconds(6);
  private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
  private static final int FRAMES = 3 * 6 * 25;

  /** A picture is read a moment after the player was asked; the machine may be busy. */
  private static final long CLOCK_ERROR_MILLIS = 200;

  /**
   * shaka-player 5.2 takes a fragment that it saw by its parts for shorter than it became, and its
   * clock for the sum, up to a fragment.
   */
  private static final long SHAKA_LIVE_ERROR_MILLIS = 2000;

  private static final double MOST = 0.9;

  @TempDir private static Path folder;
  private static FlatClip large;
  private static FlatClip day;
  private static PlayerRig rig;
  private static OtherPlayers players;

  @BeforeAll
  static void start() throws IOException {
    players = new OtherPlayers();
    Path store = folder.resolve("store");
    rig = new PlayerRig(store);
    large = FlatClip.encode(folder, "320x180", 25, 6);
    FlatClip small = FlatClip.encode(folder, "160x96", 25, 6);
    new MadeAsset(store, "door", RUN_A)
        .run(RUN_A, large)
        .run(RUN_B, large)
        .run(RUN_C, small)
        .close();
    day = FlatClip.encode(folder, "96x64", 5, 30);
    MadeAsset asset = new MadeAsset(store, "day", DAY);
    for (int hour = 0; hour < 24; hour++) {
      asset.run(DAY.plus(Duration.ofHours(hour)), day).files(119, day);
    }
    asset.close();
  }

  @AfterAll
  static void stop() {
    if (players != null) {
      players.close();
    }
    if (rig != null) {
      rig.close();
    }
  }

  private static String manifest(String asset, String range) {
    return rig.url() + asset + "/content.ism/manifest(format=m3u8-cmaf" + range + ").m3u8";
  }

  @Test
  void recordedRange_withGapAndOtherPictureSize_playsToItsEnd() {
    players.load(
        manifest("door", ",startTime=2026-11-20T10:00:00Z,endTime=2026-11-20T10:02:00Z"), false);
    players.await("player.video.ended");

    for (String name : OtherPlayers.NAMES) {
      assertThat(players.errors(name)).as(name).noneMatch(error -> error.contains("fatal"));
      assertThat(players.number(name, "player.pictures()"))
          .as(name + " pictures")
          .isCloseTo(FRAMES, within(5.0));
      assertThat(players.number(name, "player.video.duration")).isCloseTo(18, within(0.3));
      List<OtherPlayers.Seen> seen = players.seen(name);
      assertThat(seen).extracting(OtherPlayers.Seen::width).contains(320, 160);
      assertThat(seen.get(seen.size() - 1).width()).isEqualTo(160);
      assertThat(seen.get(seen.size() - 1).wall())
          .isCloseTo(RUN_C.plusSeconds(6), within(Duration.ofSeconds(1)));
      assertPicturesMatch(name, seen, large.groups().size());
    }
  }

  @Test
  void day_opensAndPlaysInItsMiddle() {
    players.load(manifest("day", ",startTime=2026-11-21,endTime=2026-11-22"), false);
    players.await("player.pictures() > 5");
    for (String name : OtherPlayers.NAMES) {
      assertThat(players.number(name, "player.video.duration")).isCloseTo(86_400, within(1.0));
    }
    Instant noon = DAY.plus(Duration.ofHours(12)).plusSeconds(34 * 60 + 11);
    players.seek(noon);
    players.await("Math.abs(player.wall() - " + noon.toEpochMilli() + ") < 5000");
    players.watch(20);
    for (String name : OtherPlayers.NAMES) {
      assertThat(players.errors(name)).as(name).noneMatch(error -> error.contains("fatal"));
      List<OtherPlayers.Seen> seen = players.seen(name);
      assertThat(seen.get(0).wall()).isBetween(noon.minusSeconds(1), noon.plusSeconds(20));
      assertPicturesMatch(name, seen, day.groups().size());
    }
  }

  @Test
  void live_playsSeeksBackAndReturns() {
    players.load(manifest("camera", ""), true);
    players.await("player.pictures() > 25 && player.range()[1] - player.range()[0] > 16");
    players.watch(30);
    Instant back = Instant.now().minusSeconds(12);
    for (String name : OtherPlayers.NAMES) {
      assertBarcodesMatch(name);
      OtherPlayers.Seen first = players.seen(name).get(0);
      Duration behind = Duration.between(first.wall(), first.now());
      assertThat(behind).as(name).isLessThan(Duration.ofSeconds(12));
    }
    players.seek(back);
    players.await("Math.abs(player.wall() - " + back.toEpochMilli() + ") < 5000");
    players.watch(30);
    OtherPlayers.NAMES.forEach(PlayersIT::assertBarcodesMatch);
    players.seekToLive();
    players.await("Date.now() - player.wall() < 8000");
    players.watch(30);
    for (String name : OtherPlayers.NAMES) {
      assertBarcodesMatch(name);
      assertThat(players.errors(name)).as(name).noneMatch(error -> error.contains("fatal"));
    }
  }

  /** Most pictures are those of the instant that the player says. */
  private static void assertPicturesMatch(String name, List<OtherPlayers.Seen> seen, int groups) {
    long right = seen.stream().filter(each -> isRight(each, groups)).count();
    assertThat((double) right / seen.size()).as(name + " " + seen).isGreaterThan(MOST);
  }

  private static boolean isRight(OtherPlayers.Seen seen, int groups) {
    return LongStream.of(-CLOCK_ERROR_MILLIS, 0, CLOCK_ERROR_MILLIS)
        .mapToObj(error -> seen.wall().plusMillis(error))
        .anyMatch(wall -> Math.abs(level(wall, groups) - seen.level()) < FlatClip.LUMA_STEP / 2);
  }

  /** How light a picture is, of 255. */
  private static double level(Instant wall, int groups) {
    Instant start = wall.isBefore(RUN_B) ? RUN_A : wall.isBefore(RUN_C) ? RUN_B : RUN_C;
    Instant origin = wall.isBefore(DAY) ? start : DAY;
    long group = Duration.between(origin, wall).toMillis() / (1000 * FlatClip.GROUP_SECONDS);
    double luma = FlatClip.FIRST_LUMA + FlatClip.LUMA_STEP * Math.floorMod(group, groups);
    return (luma - 16) * 255 / 219;
  }

  private static void assertBarcodesMatch(String name) {
    List<OtherPlayers.Seen> seen = players.seen(name);
    List<OtherPlayers.Seen> read = seen.stream().filter(each -> each.picture() > 0).toList();
    assertThat(read.size()).as(name).isGreaterThan(seen.size() / 2);
    long most = name.equals("shaka") ? SHAKA_LIVE_ERROR_MILLIS : CLOCK_ERROR_MILLIS;
    long right =
        read.stream()
            .filter(each -> Math.abs(each.wall().toEpochMilli() - each.picture()) <= most)
            .count();
    assertThat((double) right / read.size()).as(name + " " + read).isGreaterThan(MOST);
  }
}
