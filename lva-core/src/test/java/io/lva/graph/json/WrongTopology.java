package io.lva.graph.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A right topology, edits that make it wrong, and the problems to be found. */
final class WrongTopology {
  private final JsonNode row;

  WrongTopology(JsonNode row) {
    this.row = row;
  }

  /** Returns what is to be found: code, blank, path. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    row.get("problems").forEach(problem -> problems.add(problem.asText()));
    return problems;
  }

  String json() throws IOException {
    ObjectNode root = JsonTexts.parse(OwnTopologies.read(row.get("base").asText()));
    row.get("edits").forEach(edit -> apply(edit, root));
    return root.toString();
  }

  private static void apply(JsonNode edit, ObjectNode root) {
    JsonPointer at = JsonPointer.compile(edit.get("at").asText());
    String operation = edit.get("op").asText();
    if (operation.equals("add")) {
      ((ArrayNode) root.at(at)).add(edit.get("value"));
      return;
    }
    ObjectNode parent = (ObjectNode) root.at(at.head());
    String name = at.last().getMatchingProperty();
    if (operation.equals("remove")) {
      parent.remove(name);
    } else {
      parent.set(name, edit.get("value"));
    }
  }

  @Override
  public String toString() {
    return row.get("rule").asText() + ": " + row.get("what").asText();
  }
}
