package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricHelpTest {
  private static final Pattern NAME = Pattern.compile("\"(lva\\.[a-z.]+)\"");
  private static final Pattern PUBLISHES =
      Pattern.compile("\\.(counter|gauge)\\(|class MetricNames");

  /** Names in the classes of all modules that count or publish something, as they are shown. */
  private static Set<String> published() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      if (PUBLISHES.matcher(text).find()) {
        NAME.matcher(text)
            .results()
            .map(found -> found.group(1).replaceAll("(milli|micro)seconds$", "seconds"))
            .forEach(names::add);
      }
    }
    return names;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of("..").toAbsolutePath().normalize())) {
      List<Path> roots =
          modules
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      Stream.Builder<Path> files = Stream.builder();
      for (Path root : roots) {
        try (Stream<Path> tree = Files.walk(root)) {
          tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
      }
      return files.build().toList();
    }
  }

  @Test
  void of_everyNameThatIsPublished_isAPhrase() throws IOException {
    Set<String> names = published();
    assertThat(names).contains("lva.received.bytes", "lva.upload.bytes", "lva.http.requests");
    assertThat(names)
        .allSatisfy(name -> assertThat(MetricHelp.of(name)).isNotEqualTo(name.replace('.', ' ')));
  }
}
