package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.playback.PlayerSession.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockingReloadTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path store;
  private ScriptedAsset asset;

  /** Five fragments in a file, and the next file with one fragment and two parts of another. */
  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START);
    asset.segment(5);
    asset.fragments(1);
    asset.part();
    asset.part();
  }

  /** The number of the fragment under construction. */
  static long next(PlayerSession player) {
    String playlist = player.text(PlayerSession.VIDEO);
    Matcher first = Pattern.compile("#EXT-X-MEDIA-SEQUENCE:([0-9]+)").matcher(playlist);
    assertThat(first.find()).isTrue();
    return Long.parseLong(first.group(1))
        + playlist.lines().filter(line -> line.startsWith("m/")).count();
  }

  static String video(long number, int part) {
    return PlayerSession.VIDEO + "?_HLS_msn=" + number + "&_HLS_part=" + part;
  }

  @Test
  void reload_forAPartThatIsThere_isAnsweredAtOnce() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.get(video(next(player), 1)).status()).isEqualTo(200);
    }
  }

  @Test
  void reload_forTheNextPart_isAnsweredWhenItIsRecorded() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer = player.ask(video(next(player), 2));
      assertThat(answer).isNotDone();
      asset.part();
      assertThat(answer).isDone();
      assertThat(answer.join().text())
          .contains("m/20261122/aaaaaaaa/1/1-part6.m4s")
          .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"m/20261122/aaaaaaaa/1/1-part7.m4s\"");
      assertThat(player.timer.scheduled()).isZero();
    }
  }

  @Test
  void reload_forAWholeFragment_isAnsweredWhenTheNextBegins() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer =
          player.ask(PlayerSession.VIDEO + "?_HLS_msn=" + next(player));
      asset.part();
      asset.part();
      assertThat(answer).isNotDone();
      asset.part();
      assertThat(answer.join().text()).contains("m/20261122/aaaaaaaa/1/1-1.m4s");
    }
  }

  @Test
  void reload_forAPartBehindTheLastOfAFragment_waitsForTheFirstOfTheNext() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      long number = next(player);
      asset.part();
      asset.part();
      CompletableFuture<Answer> answer = player.ask(video(number, 4));
      assertThat(answer).isNotDone();
      asset.closeSegment();
      assertThat(answer).isNotDone();
      asset.part();
      assertThat(answer).isDone();
    }
  }

  @Test
  void reload_whenNothingComes_isAnsweredWithWhatThereIs() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer = player.ask(video(next(player), 2));
      asset.openHole(GapCause.CAMERA_UNREACHABLE);
      player.timer.expireAll();
      assertThat(answer.join().status()).isEqualTo(200);
      assertThat(answer.join().text()).doesNotContain("ENDLIST");
    }
  }

  @Test
  void reload_ofAnotherProcessesRecording_isAnsweredWhenItIsRecorded() {
    asset.live(false);
    asset.closeSegment();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer =
          player.ask(PlayerSession.VIDEO + "?_HLS_msn=" + next(player));
      assertThat(answer).isNotDone();
      asset.segment(2);
      player.timer.expireShortest();
      assertThat(answer.join().text()).contains("m/20261122/aaaaaaaa/2/1-0.m4s");
    }
  }

  @Test
  void reload_whenTheRecordingEnds_endsThePlaylist() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer = player.ask(video(next(player), 2));
      asset.end();
      assertThat(answer.join().text()).endsWith("#EXT-X-ENDLIST\n");
    }
  }

  @Test
  void reload_farAhead_isRefused() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.get(video(next(player) + 10, 0)).status()).isEqualTo(400);
      assertThat(player.get(PlayerSession.VIDEO + "?_HLS_part=1").status()).isEqualTo(400);
      assertThat(player.get(PlayerSession.VIDEO + "?_HLS_msn=x").status()).isEqualTo(400);
    }
  }

  @Test
  void reload_ofTooManyPlayers_isRefusedUntilSomeAreAnswered() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String target = video(next(player), 2);
      List<CompletableFuture<Answer>> waiting = new ArrayList<>();
      for (int i = 0; i < Playback.MOST_WAITING; i++) {
        waiting.add(player.ask(target));
      }
      assertThat(player.get(target).status()).isEqualTo(503);
      asset.part();
      assertThat(waiting).allMatch(answer -> answer.join().status() == 200);
      assertThat(player.get(target).status()).isEqualTo(200);
    }
  }

  @Test
  void part_thatWasHinted_isAnsweredWhenItIsRecorded() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer =
          player.ask("/door/content.ism/m/20261122/aaaaaaaa/1/1-part6.m4s");
      assertThat(answer).isNotDone();
      asset.part();
      assertThat(answer.join().status()).isEqualTo(200);
      assertThat(answer.join().text()).contains("picture");
    }
  }

  @Test
  void part_thatWasHintedWrongly_leadsToTheNextFile() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      CompletableFuture<Answer> answer =
          player.ask("/door/content.ism/m/20261122/aaaaaaaa/1/1-part6.m4s");
      asset.closeSegment();
      asset.part();
      assertThat(answer.join().status()).isIn(307, 404);
      Answer again = player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-part6.m4s");
      assertThat(again.status()).isEqualTo(307);
      assertThat(again.header("Location"))
          .isEqualTo("../../../../m/20261122/aaaaaaaa/2/1-part0.m4s");
    }
  }

  @Test
  void part_thatNobodyHinted_isNotFound() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-part9.m4s").status())
          .isEqualTo(404);
      assertThat(player.get("/door/content.ism/m/20261122/zzzzzzzz/1/1-part0.m4s").status())
          .isEqualTo(404);
    }
  }
}
