package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream painted = new ByteArrayOutputStream();
  private long nanos;
  private final ProgressLine line = line(true);

  private ProgressLine line(boolean terminal) {
    return new ProgressLine(
        terminal, new PrintStream(painted, true, StandardCharsets.UTF_8), () -> nanos);
  }

  private String painted() {
    return painted.toString(StandardCharsets.UTF_8);
  }

  private int paints() {
    return (int) Pattern.compile(Pattern.quote(ERASE)).matcher(painted()).results().count();
  }

  @Test
  void show_anotherTextEachTwentiethOfASecond_paintsTwiceASecond() {
    for (int i = 0; i < 200; i++) {
      line.show("turn " + i);
      nanos += Duration.ofMillis(50).toNanos();
    }
    assertThat(paints()).isEqualTo(20);
    assertThat(painted()).startsWith(ERASE + "turn 0" + ERASE + "turn 10");
  }

  @Test
  void show_sameText_paintsOnce() {
    for (int i = 0; i < 10; i++) {
      line.show("waiting");
      nanos += Duration.ofSeconds(1).toNanos();
    }
    assertThat(painted()).isEqualTo(ERASE + "waiting");
  }

  /** An event is printed where the line was. */
  @Test
  void show_empty_clearsAtOnceAndOnlyWhatIsShown() {
    line.show("");
    assertThat(painted()).isEmpty();
    line.show("turn");
    line.show("");
    line.close();
    assertThat(painted()).isEqualTo(ERASE + "turn" + ERASE);
  }

  @Test
  void show_longText_isCutToTheWidthOfATerminal() {
    line.show("x".repeat(200));
    assertThat(painted()).isEqualTo(ERASE + "x".repeat(ProgressLine.WIDTH));
  }

  @Test
  void show_noTerminal_paintsNothing() {
    line(false).show("turn");
    assertThat(painted()).isEmpty();
  }
}
