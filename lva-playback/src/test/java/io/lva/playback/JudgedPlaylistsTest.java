package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.media.GapCause;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.spi.Clock;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of playlist, read by hls-parser in strict mode and by m3u8-parser. */
class JudgedPlaylistsTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTENT = "/door/content.ism/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FRAGMENT_TICKS = 6 * ScriptedAsset.TIMESCALE;

  @TempDir private Path folder;
  private final Map<String, String> playlists = new LinkedHashMap<>();

  private ScriptedAsset asset(String name) throws IOException {
    return new ScriptedAsset(folder.resolve("store-" + name), "door", START);
  }

  private PlayerSession player(String name, ScriptedAsset asset) {
    return new PlayerSession(folder.resolve("store-" + name), asset);
  }

  @Test
  void everyPlaylist_isAcceptedByBothParsers() throws Exception {
    recorded();
    live();
    liveWindow();
    bridgedHole();
    anotherProcess();
    day();
    ObjectNode seen = judge();
    assertThat(seen.size()).isEqualTo(playlists.size());
    playlists
        .keySet()
        .forEach(
            name -> {
              JsonNode verdict = seen.path(name);
              assertThat(verdict.has("tolerant")).as(name).isTrue();
              assertThat(verdict.path("problems")).as(name).isEmpty();
              assertThat(verdict.path("strict").path("segments"))
                  .as(name)
                  .isEqualTo(verdict.path("tolerant").path("segments"));
            });
    assertSeen(seen.path("recorded"), 9, 2, 18.0);
    assertSeen(seen.path("event-ended"), 12, 2, 22.5);
    assertSeen(seen.path("portion-ended"), 12, 2, 22.5);
    assertSeen(seen.path("since-ended"), 12, 2, 22.5);
    assertSeen(seen.path("day"), RecordedDay.FRAGMENTS, RecordedDay.RUNS - 1, 86_400.0);
    assertThat(seen.path("live").path("strict").path("parts").asInt()).isEqualTo(4 + 4 + 2);
    assertThat(seen.path("delta").path("strict").path("skipped").asInt()).isPositive();
    assertThat(seen.path("bridged").path("strict").path("parts").asInt()).isEqualTo(5 + 1);
  }

  private static void assertSeen(
      JsonNode verdict, int segments, int discontinuities, double seconds) {
    for (String parser : List.of("strict", "tolerant")) {
      JsonNode seen = verdict.path(parser);
      assertThat(seen.path("segments").asInt()).isEqualTo(segments);
      assertThat(seen.path("discontinuities").asInt()).isEqualTo(discontinuities);
      assertThat(seen.path("seconds").asDouble()).isEqualTo(seconds);
      assertThat(seen.path("ended").asBoolean()).isTrue();
    }
  }

  /** A gap and another picture size; then the recording goes on and ends. */
  private void recorded() throws IOException {
    ScriptedAsset asset = asset("recorded");
    asset.segment(3);
    asset.segment(2);
    asset.hole(Duration.ofMinutes(1), GapCause.CAMERA_UNREACHABLE);
    asset.segment(2);
    asset.newRun(asset.now(), ScriptedAsset.SMALL);
    asset.segment(2);
    try (PlayerSession player = player("recorded", asset)) {
      String range = "startTime=2026-11-22T10:00:00Z,endTime=2026-11-22T10:01:18Z";
      playlists.put(
          "multivariant", player.text(CONTENT + "manifest(format=m3u8-cmaf," + range + ")"));
      playlists.put("recorded", player.text(CONTENT + "video(" + range + ").m3u8"));
      asset.fragments(2);
      asset.part();
      String since = CONTENT + "video(startTime=2026-11-22T10:00:00Z).m3u8";
      playlists.put("event", player.text(since));
      playlists.put("event-delta", player.text(since + "?_HLS_skip=YES"));
      String ahead = "startTime=2026-11-22T10:00:00Z,endTime=2026-11-22T11:00:00Z";
      playlists.put("portion", player.text(CONTENT + "video(" + ahead + ").m3u8"));
      asset.closeSegment();
      asset.end();
      playlists.put("portion-ended", player.text(CONTENT + "video(" + ahead + ").m3u8"));
      playlists.put("since-ended", player.text(since));
    }
    try (PlayerSession player = player("recorded", asset)) {
      String end = "startTime=2026-11-22T10:00:00Z,endTime=2026-11-22T10:01:30Z";
      playlists.put("event-ended", player.text(CONTENT + "video(" + end + ").m3u8"));
    }
  }

  private void live() throws IOException {
    ScriptedAsset asset = asset("live");
    asset.segment(18);
    asset.fragments(2);
    asset.part();
    asset.part();
    try (PlayerSession player = player("live", asset)) {
      playlists.put("live-multivariant", player.text(CONTENT + "manifest(format=m3u8-cmaf)"));
      playlists.put("live", player.text(PlayerSession.VIDEO));
      playlists.put("delta", player.text(PlayerSession.VIDEO + "?_HLS_skip=YES"));
      asset.hole(Duration.ofSeconds(20), GapCause.PACKET_LOSS);
      playlists.put("live-in-gap", player.text(PlayerSession.VIDEO));
      asset.part();
      playlists.put("live-behind-gap", player.text(PlayerSession.VIDEO));
      playlists.put("delta-behind-gap", player.text(PlayerSession.VIDEO + "?_HLS_skip=YES"));
    }
  }

  /** Five hours, of which four are shown, with a gap in each and one that has left the window. */
  private void liveWindow() throws IOException {
    ScriptedAsset asset = asset("window");
    for (int hour = 0; hour < 5; hour++) {
      for (int file = 0; file < 39; file++) {
        longParts(asset, 15);
        asset.closeSegment();
      }
      asset.hole(Duration.ofSeconds(30), GapCause.NO_MEDIA);
    }
    longParts(asset, 2);
    try (PlayerSession player = player("window", asset)) {
      playlists.put("window", player.text(PlayerSession.VIDEO));
      longParts(asset, 60);
      playlists.put("window-later", player.text(PlayerSession.VIDEO));
      playlists.put("window-delta", player.text(PlayerSession.VIDEO + "?_HLS_skip=YES"));
    }
    assertThat(playlists.get("window-later")).contains("#EXT-X-DISCONTINUITY-SEQUENCE:");
  }

  private static void longParts(ScriptedAsset asset, int count) {
    for (int i = 0; i < count; i++) {
      asset.part(/* sync= */ true, FRAGMENT_TICKS);
    }
  }

  /** A part that was made longer to bridge a hole is not listed: its fragment is. */
  private void bridgedHole() throws IOException {
    ScriptedAsset asset = asset("bridged");
    asset.segment(5);
    asset.fragments(2);
    asset.part();
    asset.part();
    asset.part(/* sync= */ false, 5 * ScriptedAsset.TIMESCALE);
    try (PlayerSession player = player("bridged", asset)) {
      playlists.put("bridged-open", player.text(PlayerSession.VIDEO));
      asset.part();
      asset.fragments(1);
      asset.part();
      playlists.put("bridged", player.text(PlayerSession.VIDEO));
    }
    assertThat(playlists.get("bridged")).contains("PART-TARGET=0.50000");
  }

  private void anotherProcess() throws IOException {
    ScriptedAsset asset = asset("other").live(false);
    asset.segment(12);
    try (PlayerSession player = player("other", asset)) {
      playlists.put("other", player.text(PlayerSession.VIDEO));
      playlists.put("other-delta", player.text(PlayerSession.VIDEO + "?_HLS_skip=YES"));
    }
  }

  private void day() throws IOException {
    Path store = folder.resolve("store-day");
    RecordedDay.write(store, "door");
    try (Playback playback =
        new Playback(
            new DiskAssetStore(store, FileOps.disk()),
            Clock.system(),
            asset -> Optional.empty(),
            new ManualTimer(),
            Playback.readers())) {
      Response answer =
          playback
              .handle(
                  Request.get(
                      CONTENT + "video(startTime=2026-11-21,endTime=2026-11-22T00:00:00).m3u8"))
              .toCompletableFuture()
              .join();
      java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
      answer.body().writeTo(text);
      playlists.put("day", text.toString(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private ObjectNode judge() throws Exception {
    Path texts = Files.createDirectory(folder.resolve("playlists"));
    for (Map.Entry<String, String> playlist : playlists.entrySet()) {
      Files.writeString(texts.resolve(playlist.getKey() + ".m3u8"), playlist.getValue());
    }
    ObjectNode seen = JSON.createObjectNode();
    Judges.requireNodePackages("hls-parser", "m3u8-parser");
    String script = Judges.projectRoot().resolve("judges/playlists.cjs").toString();
    for (String line : Judges.run("node", script, texts.toString()).lines()) {
      JsonNode verdict = JSON.readTree(line);
      seen.set(verdict.path("file").asText().replace(".m3u8", ""), verdict);
    }
    return seen;
  }
}
