package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that is made from the code and kept beside it, so that a change of it is seen and meant:
 * it fails the build until somebody runs the test with {@code -Dlva.update} and commits the result.
 */
public final class KeptText {
  private static final String UPDATE = "lva.update";

  private KeptText() {}

  /** Compares a file with what the code says, or writes it when the update was asked for. */
  public static void check(Path file, String text) throws IOException {
    if (System.getProperty(UPDATE) != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return;
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as(file + ": a change that is meant is written by -D" + UPDATE + ", see CONTRIBUTING.md")
        .isEqualTo(text);
  }

  /** Compares what stands between two marks of a page, or replaces it. */
  public static void check(Path page, String begin, String end, String text) throws IOException {
    String whole = Files.readString(page);
    int from = whole.indexOf(begin) + begin.length();
    int to = whole.indexOf(end, from);
    assertThat(to).as("marks in " + page).isGreaterThanOrEqualTo(from);
    check(page, whole.substring(0, from) + text + whole.substring(to));
  }
}
