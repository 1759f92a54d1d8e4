package io.lva.graph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object and its path. Properties are found whatever their case, and those that were asked
 * for are remembered. Confined to one read.
 */
final class JsonObject {
  private final ObjectNode node;
  private final String path;
  private final Set<String> asked = new LinkedHashSet<>();

  JsonObject(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /** A property: its value, and its path in the casing of the request. */
  record Field(JsonNode value, String path) {}

  String path() {
    return path;
  }

  ObjectNode node() {
    return node;
  }

  /** Returns a property; null in JSON is the same as absent. */
  Optional<Field> find(String name, String... formerNames) {
    Optional<String> key = key(node, name);
    for (String former : formerNames) {
      key = key.or(() -> key(node, former));
    }
    key.ifPresent(asked::add);
    return key.map(k -> new Field(node.get(k), path + "." + k))
        .filter(field -> !field.value().isNull());
  }

  /** Returns the path of a property that may be missing. */
  String pathOf(String name) {
    return path + "." + key(node, name).orElse(name);
  }

  /** Returns the names of the properties that were never asked for. */
  List<String> others() {
    return node.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .map(Map.Entry::getKey)
        .filter(name -> !asked.contains(name))
        .toList();
  }

  static Optional<String> key(ObjectNode node, String name) {
    if (node.has(name)) {
      return Optional.of(name);
    }
    return node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name::equalsIgnoreCase)
        .findFirst();
  }
}
