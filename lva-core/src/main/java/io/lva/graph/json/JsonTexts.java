package io.lva.graph.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Converts JSON texts to trees, within limits, and back. Thread-safe. */
final class JsonTexts {
  static final int MAXIMUM_LENGTH = 1 << 20;
  static final int MAXIMUM_DEPTH = 64;
  private static final int MAXIMUM_NUMBER_LENGTH = 100;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  static final JsonMapper MAPPER = mapper();

  private JsonTexts() {}

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // Published topologies and operations have some, and LVA's own programs read them.
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(MAXIMUM_LENGTH * 4L)
                .maxNestingDepth(MAXIMUM_DEPTH)
                .maxNumberLength(MAXIMUM_NUMBER_LENGTH)
                .maxStringLength(MAXIMUM_LENGTH)
                .maxNameLength(1000)
                .build());
    return mapper;
  }

  static ObjectNode parse(byte[] utf8) {
    if (utf8.length > MAXIMUM_LENGTH * 4) {
      throw tooLong();
    }
    return parse(new String(utf8, StandardCharsets.UTF_8));
  }

  static ObjectNode parse(String json) {
    if (json.length() > MAXIMUM_LENGTH) {
      throw tooLong();
    }
    String text = !json.isEmpty() && json.charAt(0) == BYTE_ORDER_MARK ? json.substring(1) : json;
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw invalid("The JSON must be an object.");
    } catch (JsonProcessingException e) {
      throw invalid("The text is no JSON: " + reason(e));
    }
  }

  static String write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // a tree in memory can always be written
    }
  }

  static String pretty(JsonNode tree) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TopologyException invalid(String message) {
    return new TopologyException(List.of(new Problem(ProblemCode.JSON_INVALID, message, "$")));
  }

  private static TopologyException tooLong() {
    return invalid("The text is longer than " + MAXIMUM_LENGTH + " characters.");
  }

  /** The parser's own words may repeat the text, and so a secret: only the place is reported. */
  private static String reason(JsonProcessingException e) {
    return e.getLocation() == null
        ? "it is too deep or has too long a number or name."
        : "see line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ".";
  }
}
