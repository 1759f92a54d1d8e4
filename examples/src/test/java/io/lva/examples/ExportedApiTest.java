package io.lva.examples;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What integrators compile against changes only when somebody means it. */
class ExportedApiTest {
  private static final String PACKAGE = "package ";

  /** A type of the library; the group is its package. */
  private static final Pattern TYPE = Pattern.compile("\\b(io\\.lva(?:\\.[a-z]\\w*)+)\\.[A-Z]");

  /** Every module of the library: those of the build that describe themselves. */
  static Stream<String> modules() throws IOException {
    try (Stream<Path> folders = Files.list(Judges.projectRoot())) {
      List<String> names =
          folders
              .filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
              .map(folder -> folder.getFileName().toString())
              .sorted()
              .toList();
      assertThat(names).contains("lva-core", "lva-rtsp", "lva-sink-asset", "lva-playback");
      return names.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void api_ofAModule_isTheCommittedOne(String module) throws IOException {
    Path root = Judges.projectRoot();
    KeptText.check(
        root.resolve("docs/api").resolve(module + ".txt"), ExportedApi.of(root.resolve(module)));
  }

  @Test
  void api_ofAllModules_namesTypesOfExportedPackagesOnly() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : modules().toList()) {
      all.append(ExportedApi.of(Judges.projectRoot().resolve(module)));
    }
    Set<String> exported =
        all.toString()
            .lines()
            .filter(line -> line.startsWith(PACKAGE))
            .map(line -> line.substring(PACKAGE.length()))
            .collect(toSet());
    Set<String> named = TYPE.matcher(all).results().map(found -> found.group(1)).collect(toSet());
    assertThat(named).isNotEmpty().isSubsetOf(exported);
  }
}
