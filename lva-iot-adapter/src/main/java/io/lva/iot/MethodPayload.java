package io.lva.iot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The JSON of a request, read as tolerantly as its senders need: as an object or as a JSON string
 * that holds one, with names in any letter case, and with a version that is a string or a number.
 *
 * <p>Immutable.
 */
final class MethodPayload {
  private static final int MAXIMUM_LENGTH = 1 << 20;
  private static final int MAXIMUM_DEPTH = 64;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_DEPTH).build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  // Published topologies and operations have some.
                  .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Nodes of unknown types are kept verbatim, their numbers too.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private final String text;
  private final ObjectNode json;

  private MethodPayload(String text, ObjectNode json) {
    this.text = text;
    this.json = json;
  }

  /**
   * Reads a payload.
   *
   * @throws MalformedPayloadException when it is not a JSON object within the limits
   */
  static MethodPayload read(String text) throws MalformedPayloadException {
    String content = text;
    JsonNode node = parse(content);
    if (node.isTextual()) {
      // iot-service-client 2.1.9 sends a JSON text as a JSON string with escapes.
      content = node.asText();
      node = parse(content);
    }
    if (node instanceof ObjectNode object) {
      return new MethodPayload(content, object);
    }
    throw new MalformedPayloadException("The payload is not a JSON object.");
  }

  /**
   * Returns the JSON of a request or an answer; empty when the text, or the text that it holds as a
   * JSON string, is not JSON or exceeds a limit.
   */
  static Optional<JsonNode> tree(String text) {
    try {
      JsonNode node = parse(text);
      return Optional.of(node.isTextual() ? parse(node.asText()) : node);
    } catch (MalformedPayloadException e) {
      return Optional.empty();
    }
  }

  private static JsonNode parse(String text) throws MalformedPayloadException {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new MalformedPayloadException("The payload is longer than 1 MiB.");
    }
    try {
      return JSON.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (JsonProcessingException e) {
      throw new MalformedPayloadException("The payload is not JSON: " + where(e) + ".");
    }
  }

  /** Returns where parsing failed, without the text at that place, which may be a secret. */
  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? "it cannot be read"
        : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  /** Returns the text of the request's object, whatever form it came in. */
  String text() {
    return text;
  }

  /** Returns the whole request as an object, whatever form it came in. */
  ObjectNode json() {
    return json;
  }

  /** Returns the request with the path of everything in it. */
  Located root() {
    return new Located(json, "$");
  }

  /** Returns the API version as text, even if the sender wrote the number {@code 2.0}. */
  Optional<String> apiVersion() {
    return root()
        .child("@apiVersion")
        .map(Located::json)
        .filter(JsonNode::isValueNode)
        .map(version -> version.isIntegralNumber() ? version.asText() + ".0" : version.asText());
  }

  /** Returns a property as text; a number is converted, and an empty text counts as absent. */
  Optional<String> text(String name) {
    return root()
        .child(name)
        .map(Located::json)
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }
}
