package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Turns of phrase that a reader stumbles over stay out of pages, comments and messages. */
class WordingTest {
  private static final Map<Pattern, String> BETTER =
      Map.of(
          Pattern.compile("\\b(?:Says|Tells) whether\\b"), "Returns whether",
          Pattern.compile("\\bone behind (?:the other|another)\\b"), "one after the other",
          Pattern.compile("\\bindex behind\\b"), "index after",
          Pattern.compile("\\bbehind (?:TLS|a gap|the gap|a hole|the hole|it\\b)"), "over, after",
          Pattern.compile("\\b(?:must|may)(?: not)? be (?:directly )?behind\\b"), "follow",
          Pattern.compile(
                  "\\b(?:%|MiB|KiB|lock|copy|calls?|bytes|core|lines?|rows?|pictures?)"
                      + " an? (?:camera|packet|part|second|box|day|hour|picture|file)\\b"),
              "per");

  @Test
  void pagesAndSources_useNoneOfTheAvoidedTurns() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : texts()) {
      String text = Files.readString(file);
      BETTER.forEach(
          (avoided, better) -> {
            Matcher match = avoided.matcher(text);
            while (match.find()) {
              found.add(file + ": '" + match.group() + "', better: " + better);
            }
          });
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> texts() throws IOException {
    Path root = Judges.projectRoot();
    List<Path> texts = new ArrayList<>(List.of(root.resolve("README.md")));
    collect(root.resolve("docs"), ".md", texts);
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.map(each -> each.resolve("src")).toList()) {
        if (Files.isDirectory(module)) {
          collect(module, ".java", texts);
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(400);
    return texts;
  }

  private static void collect(Path folder, String ending, List<Path> texts) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(ending)).forEach(texts::add);
    }
  }
}
