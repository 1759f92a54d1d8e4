package io.lva.graph.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Topologies of this repository, made to show what readers trip over. */
final class OwnTopologies {
  static final List<String> ALL =
      List.of("cvr.json", "gated.json", "early.json", "version1.json", "everything.json");

  private OwnTopologies() {}

  static byte[] read(String name) throws IOException {
    try (InputStream in = OwnTopologies.class.getResourceAsStream("/topologies/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
