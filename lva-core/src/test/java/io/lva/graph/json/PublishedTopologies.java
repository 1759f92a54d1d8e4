package io.lva.graph.json;

import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The published topologies, which are not part of this repository. */
final class PublishedTopologies {
  private PublishedTopologies() {}

  static boolean available() {
    return SharedData.isThere("topologies");
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SharedData.path("topologies"))) {
      return files.filter(file -> file.endsWith("topology.json")).sorted().toList();
    }
  }

  static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  static byte[] read(String relative) throws IOException {
    return SharedData.bytes("topologies/" + relative);
  }
}
