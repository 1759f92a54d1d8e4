package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The programs in the README are those that tests run. */
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<!-- example: (?<file>\\S+) -->\n```java\n(?<text>.*?)```\n<!-- end of example -->",
          Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("\n *// begin example\n(?<text>.*?)\n *// end example\n", Pattern.DOTALL);

  @Test
  void examples_inReadme_areTheSourceThatRuns() throws IOException {
    Path root = Judges.projectRoot();
    Matcher example = EXAMPLE.matcher(Files.readString(root.resolve("README.md")));
    int found = 0;
    while (example.find()) {
      Path source = root.resolve(example.group("file"));
      assertThat(example.group("text")).as(source.toString()).isEqualTo(extract(source));
      found++;
    }
    assertThat(found).isPositive();
  }

  private static String extract(Path source) throws IOException {
    Matcher region = REGION.matcher(Files.readString(source));
    assertThat(region.find()).as("marked region of " + source).isTrue();
    return region.group("text").stripIndent() + "\n";
  }
}
