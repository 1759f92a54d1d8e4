package io.lva.rtspsim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder as sources.
 *
 * <p>Immutable.
 *
 * @param sources by path
 * @param rejected what is wrong with the other files, by the path they would have
 */
record MediaFolder(Map<String, MediaSource> sources, Map<String, String> rejected) {
  static MediaFolder none() {
    return new MediaFolder(Map.of(), Map.of());
  }

  static MediaFolder read(Path folder) throws IOException {
    Map<String, String> rejected = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> rejected.put("/media/" + file.getFileName(), "unknown kind of file"));
    }
    return new MediaFolder(Map.of(), rejected);
  }
}
