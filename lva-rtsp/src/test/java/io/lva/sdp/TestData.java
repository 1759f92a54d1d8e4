package io.lva.sdp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Shared test data beside the checkout; {@code -Dlva.testdata} says where else it is. */
final class TestData {
  private TestData() {}

  /** Returns a folder, or skips the test where it is absent. */
  static Path folder(String name) {
    String place = System.getProperty("lva.testdata", "../../shared/testdata");
    Path folder = Path.of(place, name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "no test data in " + folder);
    return folder;
  }

  /** Returns the files of a folder in the order of their names. */
  static List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder(name))) {
      return files.sorted().toList();
    }
  }

  /** Reads a file. */
  static byte[] bytes(String folder, String name) throws IOException {
    return Files.readAllBytes(folder(folder).resolve(name));
  }
}
