package io.lva.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The fields of a JSON object and of the objects in it, read one by one. It notes whether all had
 * the expected type and none was left over, so that the reader needs to check that only once, at
 * the end.
 *
 * <p>Not thread-safe.
 */
final class SchemaFields {
  /** What has been found so far, shared by the objects of one document. */
  private static final class Verdict {
    boolean fits = true;
    int unread;
  }

  private final JsonNode node;
  private final Verdict verdict;
  private final Set<String> read = new HashSet<>();

  private SchemaFields(JsonNode node, Verdict verdict) {
    this.node = node;
    this.verdict = verdict;
    verdict.unread += node.size();
    expect(node.isObject());
  }

  static SchemaFields of(JsonNode node) {
    return new SchemaFields(node, new Verdict());
  }

  /** Returns whether every field was read and fits the schema. */
  boolean complete() {
    return verdict.fits && verdict.unread == 0;
  }

  void reject() {
    verdict.fits = false;
  }

  String text(String name) {
    return optionalText(name).orElseGet(() -> missing(""));
  }

  Optional<String> optionalText(String name) {
    JsonNode value = take(name);
    expect(value.isTextual() || value.isMissingNode());
    return Optional.ofNullable(value.textValue());
  }

  double number(String name) {
    OptionalDouble value = optionalNumber(name);
    return value.isPresent() ? value.getAsDouble() : missing(0.0);
  }

  OptionalDouble optionalNumber(String name) {
    JsonNode value = take(name);
    boolean number = value.isNumber() && Double.isFinite(value.doubleValue());
    expect(number || value.isMissingNode());
    return number ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  OptionalLong optionalInteger(String name) {
    JsonNode value = take(name);
    boolean integer = value.canConvertToExactIntegral() && value.canConvertToLong();
    expect(integer || value.isMissingNode());
    return integer ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
  }

  List<String> texts(String name) {
    return elements(name).stream()
        .peek(element -> expect(element.isTextual()))
        .map(JsonNode::asText)
        .toList();
  }

  /** Returns the texts of an object, by name; empty when there is no such object. */
  Map<String, String> properties(String name) {
    JsonNode value = take(name);
    expect(value.isObject() || value.isMissingNode());
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      expect(field.getValue().isTextual());
      properties.put(field.getKey(), field.getValue().asText());
    }
    return properties;
  }

  SchemaFields object(String name) {
    return new SchemaFields(take(name), verdict);
  }

  Optional<SchemaFields> optional(String name) {
    return node.has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  List<SchemaFields> objects(String name) {
    return elements(name).stream().map(element -> new SchemaFields(element, verdict)).toList();
  }

  private List<JsonNode> elements(String name) {
    JsonNode value = take(name);
    expect(value.isArray() || value.isMissingNode());
    return value.isArray() ? StreamSupport.stream(value.spliterator(), false).toList() : List.of();
  }

  private JsonNode take(String name) {
    JsonNode value = node.isObject() ? node.path(name) : MissingNode.getInstance();
    if (!value.isMissingNode() && read.add(name)) {
      verdict.unread--;
    }
    return value;
  }

  private <T> T missing(T substitute) {
    reject();
    return substitute;
  }

  private void expect(boolean condition) {
    verdict.fits &= condition;
  }
}
