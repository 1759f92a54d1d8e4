package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.playback.PlayerSession.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What players see between any two steps of a recorder that stops: a playlist never ends without
 * the last fragment, and never grows when it has ended.
 */
class EndOfRecordingTest {
  private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");
  private static final String SINCE =
      "/door/content.ism/video(startTime=2026-11-22T20:00:03Z).m3u8";
  private static final String AHEAD = range(START.plusSeconds(3), START.plusSeconds(3600));

  @TempDir private Path store;

  /** What a recorder does at its end. */
  private enum Step {
    LAST_PART,
    NOTE_END,
    RENAME,
    TELL_RENAMED,
    INDEX,
    TELL_ENDED,
    LEAVE;

    void take(ScriptedAsset.Stop stop) throws IOException {
      switch (this) {
        case LAST_PART -> stop.lastPart();
        case NOTE_END -> stop.noteEnd();
        case RENAME -> stop.rename();
        case TELL_RENAMED -> stop.tellRenamed();
        case INDEX -> stop.index();
        case TELL_ENDED -> stop.tellEnded();
        case LEAVE -> stop.leave();
      }
    }
  }

  /** The end is noted, and files and index are written, by different threads. */
  private static final List<List<Step>> ORDERS =
      List.of(
          List.of(Step.NOTE_END, Step.RENAME, Step.TELL_RENAMED, Step.INDEX),
          List.of(Step.NOTE_END, Step.RENAME, Step.INDEX, Step.TELL_RENAMED),
          List.of(Step.RENAME, Step.NOTE_END, Step.TELL_RENAMED, Step.INDEX),
          List.of(Step.RENAME, Step.TELL_RENAMED, Step.NOTE_END, Step.INDEX),
          List.of(Step.RENAME, Step.TELL_RENAMED, Step.INDEX, Step.NOTE_END),
          List.of(Step.RENAME, Step.INDEX, Step.NOTE_END, Step.TELL_RENAMED));

  static Stream<Arguments> stops() {
    return ORDERS.stream()
        .flatMap(
            order ->
                Stream.of(true, false)
                    .flatMap(
                        here ->
                            Stream.of(0, 50, 300)
                                .map(millis -> Arguments.of(order, here, millis))));
  }

  /** A player of one address, who asks again and again. */
  private static final class Follower {
    private final String address;
    private final Map<String, Integer> numbers = new HashMap<>();
    private boolean ended;
    private List<String> last = List.of();

    Follower(String address) {
      this.address = address;
    }

    void reload(PlayerSession player, int fragmentsInTheEnd) {
      String playlist = player.text(address);
      List<String> fragments = fragments(playlist);
      if (ended) {
        assertThat(fragments).isEqualTo(last);
      }
      ended = playlist.endsWith("#EXT-X-ENDLIST\n");
      assertThat(!ended || fragments.size() == fragmentsInTheEnd)
          .as("%s ends with %s", address, fragments)
          .isTrue();
      int number = Integer.parseInt(value(playlist, "#EXT-X-MEDIA-SEQUENCE:"));
      for (String fragment : fragments) {
        Integer before = numbers.putIfAbsent(fragment, number);
        assertThat(before == null || before == number).as("%s of %s", number, fragment).isTrue();
        number++;
      }
      last = fragments;
    }

    private static String value(String playlist, String tag) {
      return playlist
          .lines()
          .filter(line -> line.startsWith(tag))
          .map(line -> line.substring(tag.length()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> fragments(String playlist) {
    return playlist.lines().filter(line -> line.startsWith("m/")).toList();
  }

  @ParameterizedTest
  @MethodSource("stops")
  void playlist_atEachStepOfAStop_endsWithTheLastFragment(
      List<Step> order, boolean inThisProcess, int millisBetween) throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START).live(inThisProcess);
    asset.segment(3);
    asset.fragments(2);
    asset.part(true, ScriptedAsset.PART_TICKS / 10);
    ScriptedAsset.Stop stop = asset.stop();
    List<Follower> followers =
        List.of(new Follower(PlayerSession.VIDEO), new Follower(SINCE), new Follower(AHEAD));
    try (PlayerSession player = new PlayerSession(store, asset)) {
      List<Step> steps =
          Stream.of(List.of(Step.LAST_PART), order, List.of(Step.TELL_ENDED, Step.LEAVE))
              .flatMap(List::stream)
              .toList();
      for (Step step : steps) {
        reload(followers, player);
        step.take(stop);
        asset.clock().advance(Duration.ofMillis(millisBetween));
      }
      reload(followers, player);
      asset.clock().advance(Duration.ofMillis(300));
      reload(followers, player);
      assertThat(followers).allMatch(follower -> follower.ended);
    }
  }

  @Test
  void rangeThatIsOver_isAnsweredWhenItsLastFragmentIsComplete() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.part();
    asset.part();
    String over = range(START, asset.now());
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer = player.ask(over);
      asset.part();
      assertThat(answer).isNotDone();
      asset.closeSegment();
      assertThat(fragments(answer.join().text())).hasSize(4);
      assertThat(answer.join().text()).contains(":VOD\n").endsWith("#EXT-X-ENDLIST\n");
      assertThat(player.text(over)).isEqualTo(answer.join().text());
    }
  }

  @Test
  void rangeThatIsOver_whenItsLastFragmentIsLong_growsUntilItIsComplete() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START).live(false);
    asset.segment(3);
    asset.part();
    asset.part();
    String over = range(START, asset.now());
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer = player.ask(over);
      player.timer.expireAll();
      assertThat(answer.join().text())
          .contains(":EVENT\n#EXT-X-START:TIME-OFFSET=0\n")
          .doesNotContain("ENDLIST");
      asset.closeSegment();
      asset.segment(1);
      String whole = player.text(over);
      assertThat(fragments(whole)).hasSize(4);
      assertThat(whole).endsWith("#EXT-X-ENDLIST\n");
    }
  }

  @Test
  void rangeThatEndsInAnOutage_isCompleteWhenNothingOldCanFollow() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.openHole(GapCause.CAMERA_UNREACHABLE);
    String over = range(START, asset.now().plusSeconds(1));
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> waits = player.ask(over);
      assertThat(waits).isNotDone();
      asset.clock().advance(Duration.ofSeconds(17));
      assertThat(player.text(over)).contains(":VOD\n").endsWith("#EXT-X-ENDLIST\n");
    }
  }

  private static String range(Instant start, Instant end) {
    return "/door/content.ism/video(startTime=" + start + ",endTime=" + end + ").m3u8";
  }

  private static void reload(List<Follower> followers, PlayerSession player) {
    followers.get(0).reload(player, 6);
    followers.get(1).reload(player, 5);
    followers.get(2).reload(player, 5);
  }
}
