package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in the README and in all pages are those that tests run. */
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<!-- example: (?<file>\\S+) -->\n```java\n(?<text>.*?)```\n<!-- end of example -->",
          Pattern.DOTALL);
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)(?<file>[^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern REGION =
      Pattern.compile("\n *// begin example\n(?<text>.*?)\n *// end example\n", Pattern.DOTALL);

  static Stream<Path> pages() throws IOException {
    Path root = Judges.projectRoot();
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(
          Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")),
          docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void examples_onAPage_areTheSourceThatRuns(Path page) throws IOException {
    Path root = Judges.projectRoot();
    String text = Files.readString(page);
    Matcher example = EXAMPLE.matcher(text);
    int found = 0;
    while (example.find()) {
      Path source = root.resolve(example.group("file"));
      assertThat(example.group("text")).as(source.toString()).isEqualTo(extract(source));
      found++;
    }
    assertThat(found).isEqualTo(text.split("<!-- example: ", -1).length - 1);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_onAPage_leadToFiles(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      assertThat(page.resolveSibling(link.group("file"))).as("link on " + page).exists();
    }
  }

  @Test
  void decisions_haveOneNumberEach_thatOfTheirHeading() throws IOException {
    Map<String, Path> decisions = new HashMap<>();
    try (Stream<Path> files = Files.list(Judges.projectRoot().resolve("docs/adr"))) {
      for (Path file : files.toList()) {
        String number = file.getFileName().toString().substring(0, 4);
        assertThat(decisions.put(number, file)).as("another decision " + number).isNull();
        assertThat(Files.readString(file)).startsWith("# " + Integer.parseInt(number) + ". ");
      }
    }
    assertThat(decisions).isNotEmpty();
  }

  private static String extract(Path source) throws IOException {
    Matcher region = REGION.matcher(Files.readString(source));
    assertThat(region.find()).as("marked region of " + source).isTrue();
    return region.group("text").stripIndent() + "\n";
  }
}
