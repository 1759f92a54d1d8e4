package io.lva.graph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.ApiVersion;
import io.lva.graph.ProblemCode;
import io.lva.graph.Value;
import io.lva.graph.ValueType;
import io.lva.graph.ValueTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads single values, reporting what is wrong with them. Confined to one read. */
final class ScalarReader {
  private static final int SHOWN_LENGTH = 80;
  private static final int MAXIMUM_DIGITS = 19;

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

  /** Returns a required text. */
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

  /**
   * Reads the version of the contract; a missing or unknown version is reported and read as 2.0.
   */
  ApiVersion version(JsonObject root) {
    Optional<String> text = required(root, "@apiVersion");
    Optional<ApiVersion> version = text.flatMap(ApiVersion::of);
    if (text.isPresent() && version.isEmpty()) {
      problems.add(
          ProblemCode.API_VERSION_NOT_SUPPORTED,
          root.pathOf("@apiVersion"),
          "The API version '" + text.get() + "' is not supported. Supported version(s): 1.0, 2.0.");
    }
    return version.orElse(ApiVersion.V2_0);
  }

  /**
   * Reads the object that holds everything but the name; if it is missing or not an object, that is
   * reported and an empty object is returned.
   */
  JsonObject properties(JsonObject root) {
    Optional<JsonObject.Field> field = root.find("properties");
    if (field.isEmpty()) {
      problems.missing(root.pathOf("properties"), "properties");
    }
    return field
        .flatMap(this::object)
        .orElseGet(
            () -> new JsonObject(JsonTexts.MAPPER.createObjectNode(), root.pathOf("properties")));
  }

  <T> Optional<Value<T>> value(JsonObject.Field field, ValueType<T> type) {
    boolean whole = type.equals(ValueTypes.WHOLE) || type.equals(ValueTypes.INTEGER);
    Optional<String> text = whole ? whole(field) : text(field);
    return text.flatMap(t -> parsed(t, each -> Value.parse(each, type), field.path()));
  }

  /** Reads a whole number, even as {@code 2048.0}: some writers know only one kind of number. */
  private Optional<String> whole(JsonObject.Field field) {
    JsonNode value = field.value();
    return value.isFloatingPointNumber() && value.canConvertToExactIntegral()
        ? Optional.of(exact(value.decimalValue()))
        : text(field);
  }

  private static String exact(BigDecimal number) {
    return (long) number.precision() - number.scale() > MAXIMUM_DIGITS
        ? number.toString()
        : number.toBigIntegerExact().toString();
  }

  <T> Optional<T> literal(JsonObject.Field field, ValueType<T> type) {
    return text(field).flatMap(text -> parsed(text, type::parse, field.path()));
  }

  private <R> Optional<R> parsed(String text, Function<String, R> parser, String path) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          ProblemCode.PROPERTY_VALUE_INVALID, path, shown(text) + " is " + e.getMessage() + ".");
      return Optional.empty();
    }
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
    ArrayList<JsonObject.Field> elements = new ArrayList<>();
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
