package io.lva.graph.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients get wrong, in wrong.json: each row takes a right topology, breaks one rule of a
 * section of the contract (1.1 to 1.9), and names the problems to be found.
 */
final class WrongTopologies {
  private WrongTopologies() {}

  static List<WrongTopology> all() throws IOException {
    List<WrongTopology> rows = new ArrayList<>();
    for (JsonNode row : JsonTexts.MAPPER.readTree(OwnTopologies.read("wrong.json"))) {
      rows.add(new WrongTopology(row));
    }
    return rows;
  }
}
