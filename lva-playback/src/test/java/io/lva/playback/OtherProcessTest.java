package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What players see of an asset that another process records: its files are followed. */
class OtherProcessTest {
  private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");
  private static final Duration SOON = Duration.ofMillis(250);

  @TempDir private Path store;

  private ScriptedAsset asset;

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START).live(false);
    asset.segment(4);
    asset.fragments(1);
    asset.part();
    asset.part();
  }

  private static List<String> lines(String playlist, String tag) {
    return playlist.lines().filter(line -> line.startsWith(tag)).toList();
  }

  @Test
  void playlist_fileIsWritten_listsThePartsOfTheOpenFragment() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(PlayerSession.VIDEO);
      assertThat(before).contains("#EXT-X-PRELOAD-HINT:TYPE=PART").doesNotContain("ENDLIST");
      int parts = lines(before, "#EXT-X-PART:").size();
      assertThat(lines(before, "#EXTINF")).hasSize(5);
      assertThat(parts).isGreaterThanOrEqualTo(2);

      asset.part();
      asset.clock().advance(SOON);

      String after = player.text(PlayerSession.VIDEO);
      assertThat(lines(after, "#EXT-X-PART:")).hasSize(parts + 1);
      String part = lines(after, "#EXT-X-PART:").get(parts);
      String address = part.substring(part.indexOf("URI=\"") + 5, part.lastIndexOf('"'));
      assertThat(player.get("/door/content.ism/" + address).status()).isEqualTo(200);
    }
  }

  @Test
  void playlist_blockingReload_isAnsweredByTheNextLookAtTheFiles() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(PlayerSession.VIDEO);
      long number =
          Long.parseLong(lines(before, "#EXT-X-MEDIA-SEQUENCE:").get(0).replaceFirst(".*:", ""))
              + 5;
      CompletableFuture<PlayerSession.Answer> answer =
          player.ask(PlayerSession.VIDEO + "?_HLS_msn=" + number + "&_HLS_part=2");
      assertThat(answer).isNotDone();

      asset.part();
      asset.clock().advance(SOON);
      player.timer.expireShortest();

      assertThat(answer).isDone();
      assertThat(answer.join().status()).isEqualTo(200);
    }
  }

  @Test
  void playlist_nextFileBegins_keepsNumbersAndParts() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(PlayerSession.VIDEO);
      asset.closeSegment();
      asset.fragments(1);
      asset.part();
      asset.clock().advance(SOON);
      String after = player.text(PlayerSession.VIDEO);
      List<String> media = lines(before, "m/");
      assertThat(lines(after, "m/").subList(0, media.size())).isEqualTo(media);
      assertThat(lines(after, "#EXT-X-PART:")).isNotEmpty();
      assertThat(lines(after, "#EXT-X-MEDIA-SEQUENCE:"))
          .isEqualTo(lines(before, "#EXT-X-MEDIA-SEQUENCE:"));
    }
  }

  @Test
  void state_recorderKilled_isNotRecordedAFewSecondsLater() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets")).contains("\"live\":true");
      assertThat(player.text(PlayerSession.VIDEO)).doesNotContain("ENDLIST");
      asset.kill();
      asset.clock().advance(Duration.ofSeconds(1));
      assertThat(player.get("/assets").status()).isEqualTo(200); // notices it
      asset.clock().advance(Duration.ofSeconds(6));
      assertThat(player.text("/assets")).contains("\"live\":false", "\"state\":\"stopped\"");
      assertThat(player.text(PlayerSession.VIDEO)).contains("#EXT-X-ENDLIST");
    }
  }
}
