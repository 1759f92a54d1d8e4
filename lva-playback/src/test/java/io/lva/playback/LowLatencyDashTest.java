package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.playback.http.BodyReader;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DASH that announces the fragment under construction, and sends it while it is recorded. */
class LowLatencyDashTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTENT = "/door/content.ism/";
  private static final String LIVE = CONTENT + "manifest(format=mpd-time-cmaf,latency=low).mpd";
  private static final long FRAGMENT_TICKS = 2L * ScriptedAsset.TIMESCALE;
  private static final long FIRST = START.getEpochSecond() * ScriptedAsset.TIMESCALE;

  @TempDir private Path store;
  private ScriptedAsset asset;

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START).live(true);
  }

  private static List<String> timeline(String manifest) {
    return Pattern.compile("<S [^>]*>")
        .matcher(manifest)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static String address(int fragment) {
    return CONTENT + "m/aaaaaaaa/1-90000/t" + (FIRST + fragment * FRAGMENT_TICKS) + ".m4s";
  }

  @Test
  void manifest_lowLatency_announcesTheFragmentThatIsRecorded() throws Exception {
    asset.segment(3);
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String manifest = player.text(LIVE);
      assertThat(timeline(manifest))
          .containsExactly("<S t=\"" + FIRST + "\" d=\"" + FRAGMENT_TICKS + "\" r=\"4\"/>");
      assertThat(manifest)
          .contains("availabilityTimeOffset=\"1.500\" availabilityTimeComplete=\"false\"")
          .contains("<Latency target=\"2500\"/>");
      DashTest.assertValid(manifest);

      String usual = player.text(LIVE.replace(",latency=low", ""));
      assertThat(timeline(usual).get(0)).contains("r=\"3\"");
      assertThat(usual).doesNotContain("availabilityTime", "Latency").contains("availabilityStart");
    }
  }

  @Test
  void manifest_lowLatency_fragmentLastsLongerThanTheOneBefore_growsWithIt() throws Exception {
    asset.fragments(1);
    for (int i = 0; i < 6; i++) {
      asset.part(i == 0, ScriptedAsset.PART_TICKS);
    }
    try (PlayerSession player = new PlayerSession(store, asset)) {
      List<String> lines = timeline(player.text(LIVE));
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1)).contains("d=\"" + 6 * ScriptedAsset.PART_TICKS + "\"");
    }
  }

  @Test
  void manifest_lowLatency_firstFragmentHasOnePart_isAnsweredAtOnce() {
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(timeline(player.text(LIVE))).hasSize(1);
    }
  }

  @Test
  void manifest_lowLatency_recordingHasEnded_isThatOfEverybody() throws IOException {
    asset.segment(3);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text(LIVE)).contains("static").doesNotContain("availabilityTimeOffset");
    }
  }

  /** Reads on until something must be awaited, or the end. */
  private static final class Taker implements AutoCloseable {
    private final BodyReader reader;
    private final ByteBuffer buffer = ByteBuffer.allocate(64);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private CompletableFuture<Integer> reading = CompletableFuture.completedFuture(0);

    Taker(Response response) throws IOException {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body().size()).isEmpty();
      reader = response.body().open();
    }

    void take() {
      while (reading.isDone() && reading.join() >= 0) {
        taken.write(buffer.array(), 0, buffer.position());
        reading = reader.read(buffer.clear()).toCompletableFuture();
      }
    }

    boolean waits() {
      return !reading.isDone();
    }

    byte[] bytes() {
      return taken.toByteArray();
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private static Taker taker(PlayerSession player, String target) throws IOException {
    return new Taker(player.playback.handle(Request.get(target)).toCompletableFuture().join());
  }

  @Test
  void fragment_thatIsRecorded_comesPartByPartAndEndsWithItsLast() throws IOException {
    asset.segment(2);
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset);
        Taker taker = taker(player, address(3))) {
      int size = 0;
      for (int parts = 1; parts <= ScriptedAsset.PARTS_PER_FRAGMENT; parts++) {
        taker.take();
        assertThat(taker.waits()).isTrue();
        assertThat(taker.bytes()).hasSizeGreaterThan(size);
        size = taker.bytes().length;
        asset.part();
      }
      taker.take();
      assertThat(taker.waits()).isFalse();
      assertThat(taker.bytes()).hasSize(size).isEqualTo(player.get(address(3)).body());
    }
  }

  @Test
  void fragment_thatIsRecorded_fileEnds_endsWithIt() throws IOException {
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset);
        Taker taker = taker(player, address(1))) {
      taker.take();
      asset.part();
      asset.closeSegment();
      taker.take();
      assertThat(taker.waits()).isFalse();
      assertThat(taker.bytes()).isEqualTo(player.get(address(1)).body());
    }
  }

  @Test
  void fragment_ofACameraThatFallsSilent_endsWithWhatIsThere() throws IOException {
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset);
        Taker taker = taker(player, address(1))) {
      taker.take();
      assertThat(taker.waits()).isTrue();
      player.timer.expireAll();
      taker.take();
      assertThat(taker.waits()).isFalse();
      assertThat(taker.bytes()).isNotEmpty();
    }
  }

  @Test
  void fragment_ofAnotherProcess_isFollowedInItsFile() throws IOException {
    asset.live(false);
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset);
        Taker taker = taker(player, address(1))) {
      taker.take();
      int size = taker.bytes().length;
      assertThat(size).isPositive();
      asset.part();
      asset.clock().advance(Duration.ofMillis(250));
      player.timer.expireShortest();
      taker.take();
      assertThat(taker.waits()).isTrue();
      assertThat(taker.bytes()).hasSizeGreaterThan(size);
    }
  }
}
