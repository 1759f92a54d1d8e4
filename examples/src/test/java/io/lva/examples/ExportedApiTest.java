package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What integrators compile against changes only when somebody means it. */
class ExportedApiTest {
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
}
