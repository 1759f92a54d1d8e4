package io.lva.graph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.ProblemCode;
import io.lva.graph.Value;
import io.lva.graph.ValueType;
import java.util.List;
import java.util.Optional;

/** Reads single values, reporting what is wrong with them. Confined to one read. */
final class ScalarReader {
  private static final int SHOWN_LENGTH = 80;

  private final ReadProblems problems;

  ScalarReader(ReadProblems problems) {
    this.problems = problems;
  }

  /** Returns a text; numbers and truth values are texts too. */
  Optional<String> text(JsonObject.Field field) {
    if (field.value().isValueNode()) {
      return Optional.of(field.value().asText());
    }
    problems.wrongKind(field.path(), "a string");
    return Optional.empty();
  }

  /** Returns a text that must be there. */
  Optional<String> required(JsonObject object, String name, String... formerNames) {
    Optional<JsonObject.Field> field = object.find(name, formerNames);
    if (field.isEmpty()) {
      problems.missing(object.pathOf(name), name);
    }
    return field.flatMap(this::text);
  }

  Optional<String> optional(JsonObject object, String name) {
    return object.find(name).flatMap(this::text);
  }

  <T> Optional<Value<T>> value(JsonObject.Field field, ValueType<T> type) {
    return text(field).flatMap(text -> value(text, type, field.path()));
  }

  private <T> Optional<Value<T>> value(String text, ValueType<T> type, String path) {
    try {
      return Optional.of(Value.parse(text, type));
    } catch (IllegalArgumentException e) {
      problems.add(
          ProblemCode.PROPERTY_VALUE_INVALID, path, shown(text) + " is " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  <T> Optional<T> literal(JsonObject.Field field, ValueType<T> type) {
    return text(field)
        .flatMap(
            text -> {
              try {
                return Optional.of(type.parse(text));
              } catch (IllegalArgumentException e) {
                problems.add(
                    ProblemCode.PROPERTY_VALUE_INVALID,
                    field.path(),
                    shown(text) + " is " + e.getMessage() + ".");
                return Optional.empty();
              }
            });
  }

  Optional<JsonObject> object(JsonObject.Field field) {
    if (field.value() instanceof ObjectNode node) {
      return Optional.of(new JsonObject(node, field.path()));
    }
    problems.wrongKind(field.path(), "an object");
    return Optional.empty();
  }

  List<JsonObject.Field> array(Optional<JsonObject.Field> field) {
    if (field.isEmpty()) {
      return List.of();
    }
    if (field.get().value() instanceof ArrayNode array) {
      return elements(array, field.get().path());
    }
    problems.wrongKind(field.get().path(), "an array");
    return List.of();
  }

  private static List<JsonObject.Field> elements(ArrayNode array, String path) {
    java.util.ArrayList<JsonObject.Field> elements = new java.util.ArrayList<>();
    for (JsonNode element : array) {
      elements.add(new JsonObject.Field(element, path + "[" + elements.size() + "]"));
    }
    return elements;
  }

  private static String shown(String text) {
    // A URL may hold a password; whatever else is long is not worth repeating.
    boolean hidden = text.indexOf('@') >= 0 || text.length() > SHOWN_LENGTH;
    return hidden ? "The value" : "'" + text + "'";
  }
}
