package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.media.GapCause;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts of the page say and reckon, without a browser. */
class PageScriptsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path scripts;

  @BeforeAll
  static void copy() throws IOException {
    Judges.require("node");
    Path page =
        Judges.projectRoot()
            .resolve("lva-playback/src/main/resources")
            .resolve("io/lva/playback/page");
    try (var files = Files.newDirectoryStream(page, "*.js")) {
      for (Path file : files) {
        Files.copy(file, scripts.resolve(file.getFileName()));
      }
    }
    Files.writeString(scripts.resolve("package.json"), "{\"type\": \"module\"}");
  }

  /** Returns the value of an expression, in which {@code page} is what a script exports. */
  private static JsonNode evaluate(String script, String expression) throws IOException {
    String program =
        "import * as page from '%s'; console.log(JSON.stringify(%s))"
            .formatted(scripts.resolve(script).toUri(), expression);
    return JSON.readTree(Judges.accept("node", "--input-type=module", "--eval", program).output());
  }

  @Test
  void duration_ofAnyLength_isRoundedAndNeverCut() throws IOException {
    JsonNode texts =
        evaluate(
            "format.js",
            "[9_940, 9_960, 59_499, 59_500, 3_599_499, 3_599_500, 7_199_000, 86_400_000]"
                + ".map(page.durationText).join()");
    assertThat(texts.asText())
        .isEqualTo("9.9 s,10 s,59 s,1 min 0 s,59 min 59 s,1 h 0 min,2 h 0 min,24 h 0 min");
  }

  @Test
  void causes_ofGaps_haveWordsEach() throws IOException {
    List<String> causes = Arrays.stream(GapCause.values()).map(GapCause::text).toList();
    assertThat(evaluate("format.js", "Object.keys(page.CAUSES)"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(causes);
  }

  /** Ten seconds from 0: an outage from 2 to 5 is bridged, then nothing is wanted from 7 to 8. */
  @Test
  void coverage_overABridgedOutage_countsItAsMissingAndNotAsRecorded() throws IOException {
    String ranges = "[{start: 0, end: 7000}, {start: 8000, end: 10000}]";
    String gaps =
        "[{start: 2000, end: 4000, step: 0, causes: ['camera-unreachable']},"
            + " {start: 3000, end: 5000, step: 0, causes: ['packet-loss']},"
            + " {start: 7000, end: 8000, step: 0, causes: ['operator']},"
            + " {start: 9000, end: 9000, step: -500, causes: ['clock-step']}]";
    JsonNode whole =
        evaluate("coverage.js", "page.coverage(%s, %s, 0, 10000)".formatted(ranges, gaps));
    assertThat(whole.path("recorded").asInt()).isEqualTo(6000);
    assertThat(whole.path("missing").asInt()).isEqualTo(3000);
    assertThat(whole.path("gaps")).hasSize(2);
    JsonNode part =
        evaluate("coverage.js", "page.coverage(%s, %s, 4500, 20000)".formatted(ranges, gaps));
    assertThat(part.path("recorded").asInt()).isEqualTo(4000);
    assertThat(part.path("missing").asInt()).isEqualTo(500);
  }

  @Test
  void state_ofAnAssetThatWaits_saysForWhat() throws IOException {
    assertThat(waiting("")).isEqualTo("waiting for pictures");
    assertThat(waiting("'authentication'")).isEqualTo("connecting: the camera refused the login");
    assertThat(waiting("'gate-closed'")).isEqualTo("waiting for an event");
  }

  private static String waiting(String causes) throws IOException {
    String asset = "{state: 'waiting', causes: [%s]}".formatted(causes);
    return evaluate("assets.js", "page.stateText(" + asset + ")").asText();
  }
}
