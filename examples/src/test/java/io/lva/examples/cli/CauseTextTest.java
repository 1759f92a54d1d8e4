package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CauseTextTest {
  /** The page on trouble explains the text of the index and the words of the output together. */
  @ParameterizedTest
  @EnumSource
  void of_eachCause_isExplainedInTheDocumentation(GapCause cause) throws IOException {
    String page = Files.readString(Judges.projectRoot().resolve("docs/troubleshooting.md"));
    assertThat(CauseText.of(cause)).isNotBlank().isNotEqualTo(cause.text());
    assertThat(page).contains("\n| `" + cause.text() + "` | " + CauseText.of(cause) + " | ");
  }

  @Test
  void of_severalCauses_namesEachOnce() {
    assertThat(
            CauseText.of(
                List.of(GapCause.STREAM_ENDED, GapCause.PACKET_LOSS, GapCause.STREAM_ENDED)))
        .isEqualTo("the camera ended the stream, packets were lost");
  }
}
