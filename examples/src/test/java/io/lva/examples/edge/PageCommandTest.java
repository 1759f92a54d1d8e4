package io.lva.examples.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PageCommandTest {
  @Test
  void page_everyCommand_isRunOrSaidWhyNot() {
    assertThat(PageCommand.onThePage())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PageCommand.values()).map(PageCommand::text).toList());
  }
}
