package io.lva.graph.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A right topology, edits that make it wrong, and the problems to be found. */
final class WrongTopology {
  private final String rule;
  private final String name;
  private final String base;
  private final List<Consumer<ObjectNode>> edits = new ArrayList<>();
  private List<String> problems = List.of();

  private WrongTopology(String rule, String name, String base) {
    this.rule = rule;
    this.name = name;
    this.base = base;
  }

  static WrongTopology row(String rule, String name, String base) {
    return new WrongTopology(rule, name, base);
  }

  /** Sets a property; the JSON has single quotes. */
  WrongTopology set(String pointer, String json) {
    JsonPointer path = JsonPointer.compile(pointer);
    edits.add(
        root ->
            ((ObjectNode) root.at(path.head())).set(path.last().getMatchingProperty(), tree(json)));
    return this;
  }

  WrongTopology remove(String pointer) {
    JsonPointer path = JsonPointer.compile(pointer);
    edits.add(
        root -> ((ObjectNode) root.at(path.head())).remove(path.last().getMatchingProperty()));
    return this;
  }

  /** Adds an element to an array; the JSON has single quotes. */
  WrongTopology add(String pointer, String json) {
    edits.add(root -> ((ArrayNode) root.at(pointer)).add(tree(json)));
    return this;
  }

  /** Says what is to be found: code, blank, path. */
  WrongTopology finds(String... codesAndPaths) {
    problems = List.of(codesAndPaths);
    return this;
  }

  List<String> problems() {
    return problems;
  }

  String json() throws IOException {
    ObjectNode root = JsonTexts.parse(OwnTopologies.read(base + ".json"));
    edits.forEach(edit -> edit.accept(root));
    return root.toString();
  }

  private static JsonNode tree(String json) {
    try {
      return JsonTexts.MAPPER.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return rule + ": " + name;
  }
}
