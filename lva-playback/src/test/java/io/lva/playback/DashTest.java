package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** DASH manifests of ranges that are complete, and of a recording that goes on. */
class DashTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTENT = "/door/content.ism/";
  private static final String LIVE = CONTENT + "manifest(format=mpd-time-csf).mpd";

  @TempDir private Path store;

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  static void assertValid(String manifest) throws IOException, SAXException {
    Source[] schemas = {
      new StreamSource(SharedData.path("contract/schema/xlink.xsd").toFile()),
      new StreamSource(SharedData.path("contract/schema/DASH-MPD.xsd").toFile())
    };
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory
        .newSchema(schemas)
        .newValidator()
        .validate(new StreamSource(new StringReader(manifest)));
  }

  @Test
  void manifest_ofARangeWithGapAndFormatChange_hasAPeriodPerStretch() throws Exception {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.hole(Duration.ofSeconds(60), GapCause.CAMERA_UNREACHABLE);
    asset.segment(2);
    asset.newRun(asset.now(), ScriptedAsset.SMALL);
    asset.segment(2);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String manifest =
          player.text(
              CONTENT
                  + "manifest(format=mpd-time-cmaf,startTime=2026-11-22T10:00:00Z,"
                  + "endTime=2026-11-22T10:10:00Z).mpd");
      assertThat(manifest).contains("type=\"static\"").contains("PT1M14S");
      assertThat(all(manifest, "<Period [^>]*>"))
          .containsExactly(
              "<Period id=\"p0\" start=\"PT0S\">",
              "<Period id=\"p1\" start=\"PT1M6S\">",
              "<Period id=\"p2\" start=\"PT1M10S\">");
      assertThat(all(manifest, "<S [^>]*>").get(0)).contains("d=\"180000\" r=\"2\"");
      assertThat(manifest).contains("width=\"1920\"").contains("width=\"320\"");
      assertValid(manifest);
    }
  }

  @Test
  void media_ofTheTimeline_isTheFragmentOfThatTime() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.fragments(2);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      long first = START.getEpochSecond() * ScriptedAsset.TIMESCALE;
      long step = 2L * ScriptedAsset.TIMESCALE;
      for (int i = 0; i < 4; i++) {
        PlayerSession.Answer byTime =
            player.get(CONTENT + "m/aaaaaaaa/1-90000/t" + (first + i * step) + ".m4s");
        String number = (i / 3) + "/1-" + i % 3;
        PlayerSession.Answer byNumber =
            player.get(CONTENT + "m/20261122/aaaaaaaa/" + number + ".m4s");
        assertThat(byTime.status()).isEqualTo(200);
        assertThat(byTime.body()).isEqualTo(byNumber.body());
      }
      assertThat(player.get(CONTENT + "m/aaaaaaaa/1-90000/t" + (first + 1) + ".m4s").status())
          .isEqualTo(404);
      assertThat(player.get(CONTENT + "m/bbbbbbbb/1-90000/t" + first + ".m4s").status())
          .isEqualTo(404);
    }
  }

  @Test
  void manifest_whileRecording_growsAndClosesItsPeriods() throws Exception {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.fragments(1);
    asset.part();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String before = player.text(LIVE);
      assertThat(before).contains("type=\"dynamic\"").contains("UTCTiming");
      assertThat(all(before, "<Period [^>]*>").get(0)).doesNotContain("duration");
      assertValid(before);
      asset.hole(Duration.ofSeconds(20), GapCause.CAMERA_UNREACHABLE);
      asset.fragments(2);
      asset.part();
      String after = player.text(LIVE);
      List<String> periods = all(after, "<Period [^>]*>");
      assertThat(periods).hasSize(2);
      assertThat(periods.get(0)).contains(all(before, "Period id=\"[^\"]*\"").get(0));
      assertThat(periods.get(0)).contains("duration=");
      assertThat(periods.get(1)).doesNotContain("duration=");
      assertValid(after);
      assertThat(player.text("/time")).matches("2026-11-22T10:.*Z");
    }
  }

  @Test
  void manifest_withoutMedia_isNotFound() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(1);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String target =
          CONTENT
              + "manifest(format=mpd-time-cmaf,startTime=2026-11-20T10:00:00Z,"
              + "endTime=2026-11-20T10:10:00Z)";
      assertThat(player.get(target).status()).isEqualTo(404);
    }
  }
}
