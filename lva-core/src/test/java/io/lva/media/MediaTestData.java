package io.lva.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds the corpora, which a plain checkout does not have. */
final class MediaTestData {
  private MediaTestData() {}

  static Path path(String name) {
    Path folder = Path.of(System.getProperty("lva.testdata", "../../shared/testdata"));
    Path path = folder.resolve(name);
    Assumptions.assumeTrue(Files.exists(path), () -> "no test data at " + path);
    return path;
  }

  static List<byte[]> folder(String name) {
    List<byte[]> result = new ArrayList<>();
    try (Stream<Path> files = Files.list(path(name))) {
      for (Path file : files.sorted().toList()) {
        result.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }
}
