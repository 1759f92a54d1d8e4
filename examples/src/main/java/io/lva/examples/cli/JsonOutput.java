package io.lva.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;

/** What {@code --json} prints: one object on one line, nulls where something is unknown. */
final class JsonOutput {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonOutput() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String line(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  static void put(ObjectNode target, String name, Optional<String> value) {
    value.ifPresentOrElse(text -> target.put(name, text), () -> target.putNull(name));
  }

  static void put(ObjectNode target, String name, OptionalInt value) {
    value.ifPresentOrElse(number -> target.put(name, number), () -> target.putNull(name));
  }
}
