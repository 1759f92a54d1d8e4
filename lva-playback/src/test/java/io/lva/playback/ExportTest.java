package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.playback.PlayerSession.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path store;
  private ScriptedAsset asset;

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.fragments(2);
  }

  private static String export(Duration from, Duration to) {
    return "/door/content.ism/export(startTime="
        + START.plus(from)
        + ",endTime="
        + START.plus(to)
        + ").mp4";
  }

  private static String seconds(int from, int to) {
    return export(Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  @Test
  void export_ofClosedAndGrowingFiles_isOneFileToSave() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Answer answer = player.get(seconds(1, 9));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("video/mp4");
      assertThat(answer.header("Content-Disposition"))
          .isEqualTo("attachment; filename*=UTF-8''door-20261122T100001Z.mp4");
      assertThat(new String(answer.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
      assertThat(answer.text().split("picture", -1)).hasSizeGreaterThan(16);
    }
  }

  @Test
  void export_inRanges_isTheSameFile() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Answer whole = player.get(seconds(0, 8));
      int half = whole.body().length / 2;
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (String range : List.of("bytes=0-" + (half - 1), "bytes=" + half + "-")) {
        Answer part =
            player.get(seconds(0, 8), Map.of("Range", range, "If-Range", whole.header("ETag")));
        assertThat(part.status()).isEqualTo(206);
        joined.writeBytes(part.body());
      }
      assertThat(joined.toByteArray()).isEqualTo(whole.body());
    }
  }

  @Test
  void export_whereNothingIsRecorded_isNotFound() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.get(seconds(3600, 3700)).status()).isEqualTo(404);
    }
  }

  @Test
  void export_ofAnImpossibleRange_saysWhy() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.get(seconds(5, 5)).status()).isEqualTo(400);
      assertThat(player.get(seconds(0, 5 * 3600)).text()).contains("four hours");
      assertThat(player.get("/door/content.ism/export.mp4").text()).contains("startTime");
    }
  }

  @Test
  void export_acrossAChangeOfFormat_saysWhatCanBeExported() throws IOException {
    asset.closeSegment();
    asset.newRun(asset.now(), ScriptedAsset.SMALL);
    asset.segment(2);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Answer answer = player.get(seconds(0, 12));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.text()).contains("format").hasLineCount(1);
    }
  }
}
