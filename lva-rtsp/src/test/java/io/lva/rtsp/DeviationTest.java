package io.lva.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The names are frozen, and the table of the manual is complete. */
class DeviationTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| (.+) \\|$");

  @Test
  void sentences_areThoseOfTheManual() throws IOException {
    String document = Files.readString(Path.of("../docs/troubleshooting.md"));
    int begin = document.indexOf("## What the deviations mean");
    int end = document.indexOf("\n## ", begin + 1);
    String section = document.substring(begin, end < 0 ? document.length() : end);
    assertThat(ROW.matcher(section).results().map(row -> row.group(1) + ": " + row.group(2)))
        .containsExactlyElementsOf(
            Arrays.stream(Deviation.values())
                .map(deviation -> deviation.text() + ": " + deviation.sentence())
                .toList());
  }

  @Test
  void sentences_areWholeAndDistinct() {
    assertThat(Deviation.values())
        .extracting(Deviation::sentence)
        .allMatch(sentence -> sentence.matches("[A-Z].+[^.]\\."))
        .doesNotHaveDuplicates();
  }

  @Test
  void line_onceAndAgain_saysWhatWasSeenFirst() {
    assertThat(new SeenDeviation(Deviation.NOT_RTP, 1, "3 bytes", "packet 7").line())
        .isEqualTo("not-rtp: A packet is not RTP; it is dropped. (3 bytes; seen once: packet 7)");
    assertThat(new SeenDeviation(Deviation.NOT_RTP, 9, "3 bytes", "packet 7").line())
        .endsWith("(3 bytes; seen 9 times, first: packet 7)");
  }
}
