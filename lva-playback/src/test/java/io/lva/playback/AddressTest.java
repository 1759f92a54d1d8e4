package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.playback.PlayerSession.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in Media Services' form: media from 10:00:00 to 10:00:10 and 10:01:10 to 10:01:14. */
class AddressTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTENT = "/door/content.ism/";

  @TempDir private Path store;
  private ScriptedAsset asset;

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.segment(2);
    asset.hole(Duration.ofMinutes(1), GapCause.CAMERA_UNREACHABLE);
    asset.segment(2);
  }

  private Answer get(String target) {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      return player.get(target);
    }
  }

  private static List<String> fragments(String playlist) {
    return playlist.lines().filter(line -> line.startsWith("m/")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest(format=m3u8-cmaf)",
        "manifest(format=m3u8-cmaf).m3u8",
        "manifest(format=m3u8-aapl)",
        "MANIFEST(FORMAT=M3U8-CMAF).M3U8",
        "Manifest(Format=m3u8-CMAF,STARTTIME=2026-11-22T10:00:00Z).m3u8",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22,endTime=2026-11-23)",
        "manifest(starttime=2026-11-22T10:00:00,endtime=2026-11-22T10:01:00,format=m3u8-cmaf)",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22t10:00:00z,endTime=2026-11-22T10:01:00.5Z)",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T12:00:00+02:00)",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T05:00-05:00,endTime=2026-11-22T10:01Z)",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T10%3A00%3A00Z)",
        "manifest%28format=m3u8-cmaf%2cstartTime=2026-11-22%29.m3u8",
        "manifest(%20format%20=%20m3u8-cmaf%20,%20startTime%20=%202026-11-22%20)",
        "manifest(format=m3u8-cmaf,filter=a;b,audio-only=false)"
      })
  void manifest_inAnySpelling_leadsToVideo(String rest) {
    Answer answer = get(CONTENT + rest);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
    String video = answer.text().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(get(CONTENT + video).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "manifest | 400 | format",
        "manifest() | 400 | format",
        "manifest(format=fmp4-v20) | 400 | format",
        "manifest(format=m3u8-cmaf | 400 | parentheses",
        "manifest)format=m3u8-cmaf( | 400 | parentheses",
        "manifest(format=m3u8-cmaf,endTime=2026-11-22T10:00:00Z) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T10:00:00Z,endTime=2026-11-22T10:00:00Z)"
            + " | 400 | after",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T11:00:00Z,endTime=2026-11-22T10:00:00Z)"
            + " | 400 | after",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T00:00:00Z,endTime=2026-11-23T00:00:01Z)"
            + " | 400 | 24 hours",
        "manifest(format=m3u8-cmaf,startTime=2026-11-21T10:00:00Z) | 400 | 24 hours",
        "manifest(format=m3u8-cmaf,startTime=yesterday) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=2026-13-01) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T25:00:00Z) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=1969-12-31) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=+999999999-01-01) | 400 | startTime",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22,endTime=tomorrow) | 400 | endTime",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T10:00:20Z,endTime=2026-11-22T10:01:00Z)"
            + " | 404 | nothing is recorded",
        "manifest(format=m3u8-cmaf,startTime=2026-11-22T11:00:00Z) | 404 | nothing is recorded",
        "video(startTime=2026-11-22T10:00:20Z,endTime=2026-11-22T10:01:00Z) | 404 | nothing",
        "video(startTime=2026-11-22T11:00:00Z).m3u8 | 404 | nothing",
        "video(endTime=2026-11-22T11:00:00Z).m3u8 | 400 | startTime",
        "audio.m3u8 | 404 | nothing",
        "m/20261122/aaaaaaaa/0/1-3.m4s | 404 | fragment",
        "m/20261122/aaaaaaaa/0/2-0.m4s | 404 | fragment",
        "m/20261322/aaaaaaaa/0/1-0.m4s | 404 | media",
        "m/20261122/AAAAAAAA/0/1-0.m4s | 404 | media",
        "m/20261122/aaaaaaaa/999999999/1-0.m4s | 404 | fragment",
        "m/20261122/aaaaaaaa/-1/1-0.m4s | 404 | media",
        "m/20261122/aaaaaaaa/0/1-00000000.mp4 | 404 | initialization",
        "x | 404 | nothing"
      })
  void addresses_thatAreWrong_sayWhy(String rest, int status, String reason) {
    Answer answer = get(CONTENT + rest);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains(reason).hasSizeLessThan(300);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void assets_thatAreNone_areNotFound() {
    assertThat(get("/window/content.ism/video.m3u8").status()).isEqualTo(404);
    assertThat(get("/" + "x".repeat(2000) + "/content.ism/video.m3u8").status()).isIn(400, 404);
  }

  @Test
  void range_withAnEndInAGap_isWhatIsThere() {
    String video =
        get(CONTENT + "video(startTime=2026-11-22T10:00:30Z,endTime=2026-11-22T10:01:12Z)").text();
    assertThat(fragments(video)).containsExactly("m/20261122/bbbbbbbb/0/1-0.m4s");
    assertThat(video)
        .contains("#EXT-X-PLAYLIST-TYPE:VOD")
        .contains("#EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:01:10.000Z");
  }

  @Test
  void range_cutsAtGroupsOfPictures() {
    String video =
        get(CONTENT + "video(startTime=2026-11-22T10:00:03Z,endTime=2026-11-22T10:00:04.001Z)")
            .text();
    assertThat(fragments(video))
        .containsExactly("m/20261122/aaaaaaaa/0/1-1.m4s", "m/20261122/aaaaaaaa/0/1-2.m4s");
  }

  @Test
  void noRange_ofALongRecording_isTheNewestFourHours() throws IOException {
    ScriptedAsset long5 = new ScriptedAsset(store, "long", START);
    for (int i = 0; i < 5 * 60; i++) {
      long5.part(/* sync= */ true, 60 * ScriptedAsset.TIMESCALE);
    }
    long5.closeSegment();
    long5.end();
    try (PlayerSession player = new PlayerSession(store, long5)) {
      String video = player.text("/long/content.ism/video.m3u8");
      assertThat(fragments(video)).hasSize(4 * 60);
      assertThat(video).contains("TIME:2026-11-22T11:00:00.000Z").contains("#EXT-X-ENDLIST");
    }
  }

  @Test
  void nameWithSlashesAndSpaces_isFoundByItsEncodedForms() throws IOException {
    ScriptedAsset named = new ScriptedAsset(store, "yard/gate 1+ü", START);
    named.segment(1);
    try (PlayerSession player = new PlayerSession(store, named)) {
      for (String locator : List.of("yard%2Fgate%201+%C3%BC", "yard%2fgate%201%2B%c3%bc")) {
        assertThat(player.get("/" + locator + "/content.ism/video.m3u8").status())
            .as(locator)
            .isEqualTo(200);
      }
      assertThat(player.text("/assets")).contains("yard/gate 1+ü");
    }
  }

  @Test
  void text_isCompressedWhenAsked() throws IOException {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      for (int i = 0; i < 20; i++) {
        asset.segment(1);
      }
      Map<String, Integer> accepted =
          Map.of(
              "gzip", 1, "br, gzip;q=0.5", 1, "GZIP", 1, "gzip;q=0", 0, "gzip; q=0.0", 0, "br", 0);
      accepted.forEach(
          (codings, packed) -> {
            Answer answer = player.get(PlayerSession.VIDEO, Map.of("Accept-Encoding", codings));
            assertThat(answer.header("Content-Encoding"))
                .as(codings)
                .isEqualTo(packed == 1 ? "gzip" : "");
            assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
          });
      Answer packed = player.get(PlayerSession.VIDEO, Map.of("Accept-Encoding", "gzip"));
      Answer plain = player.get(PlayerSession.VIDEO);
      assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
      for (Answer answer : List.of(packed, plain)) {
        for (String tags : List.of("%s", "W/%s", "\"x\", %s", "*")) {
          String condition = tags.formatted(answer.header("ETag"));
          Answer again = player.get(PlayerSession.VIDEO, Map.of("If-None-Match", condition));
          assertThat(again.status()).as(condition).isEqualTo(304);
          assertThat(again.body()).isEmpty();
        }
      }
      assertThat(player.get(PlayerSession.VIDEO, Map.of("If-None-Match", "\"x\"")).status())
          .isEqualTo(200);
    }
  }
}
