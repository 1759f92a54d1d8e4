package io.lva.graph.json;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The published topologies, which are not part of this repository. */
final class PublishedTopologies {
  private PublishedTopologies() {}

  /** Returns the folder; skips the test, visibly, when it is absent. */
  static Path folder() {
    Path folder = place();
    assumeTrue(
        Files.isDirectory(folder),
        () -> "no published topologies in " + folder + "; set -Dlva.shared=FOLDER");
    return folder;
  }

  static boolean available() {
    return Files.isDirectory(place());
  }

  private static Path place() {
    return Path.of(System.getProperty("lva.shared", "../../shared")).resolve("topologies");
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(file -> file.endsWith("topology.json")).sorted().toList();
    }
  }

  static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  static byte[] read(String relative) throws IOException {
    return Files.readAllBytes(folder().resolve(relative));
  }
}
