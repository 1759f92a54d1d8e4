package io.lva.asset.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the JSON readers and writers of an asset share: limits, instants and gaps. Immutable. */
final class AssetJson {
  /** The longest document that is read. */
  static final int LONGEST_BYTES = 16 << 20;

  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
  private static final int LONGEST_ID = 128;
  private static final int MOST_CAUSES = 32;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(LONGEST_BYTES)
                  .maxNestingDepth(8)
                  .maxNumberLength(20)
                  .maxStringLength(8192)
                  .maxNameLength(64)
                  .build())
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private AssetJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(JsonNode document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Reads a document that is exactly one object. */
  static ObjectNode parse(byte[] document, String what) throws AssetFormatException {
    try (JsonParser parser = FACTORY.createParser(document)) {
      JsonNode root = MAPPER.readTree(parser);
      if (!(root instanceof ObjectNode object) || parser.nextToken() != null) {
        throw new AssetFormatException(what + " is not one JSON object");
      }
      return object;
    } catch (AssetFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new AssetFormatException(what + " is not JSON", e);
    }
  }

  static String text(JsonNode object, String field) throws AssetFormatException {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) {
      throw new AssetFormatException("'" + field + "' is not a text");
    }
    return value.textValue();
  }

  static long number(JsonNode object, String field, long lowest, long highest)
      throws AssetFormatException {
    JsonNode value = object.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new AssetFormatException("'" + field + "' is not a number");
    }
    if (value.longValue() < lowest || value.longValue() > highest) {
      throw new AssetFormatException("'" + field + "' is out of range: " + value.longValue());
    }
    return value.longValue();
  }

  /** Reads the epoch of a row or file; it is 0 in format 1, which states no epoch. */
  static long epoch(JsonNode object) throws AssetFormatException {
    return object.has("epoch") ? number(object, "epoch", 0, OriginBox.HIGHEST_EPOCH) : 0;
  }

  static boolean flag(JsonNode object, String field) throws AssetFormatException {
    JsonNode value = object.get(field);
    if (value != null && !value.isBoolean()) {
      throw new AssetFormatException("'" + field + "' is neither true nor false");
    }
    return value != null && value.booleanValue();
  }

  static Instant instant(JsonNode object, String field) throws AssetFormatException {
    return instant(text(object, field));
  }

  static Instant instant(String text) throws AssetFormatException {
    try {
      Instant instant = Instant.parse(text);
      if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST)) {
        throw new AssetFormatException("not an instant between 1970 and 2200: " + text);
      }
      return instant;
    } catch (DateTimeException e) {
      throw new AssetFormatException("not an instant: " + text, e);
    }
  }

  static void putGap(ObjectNode object, Gap gap) {
    object.put("id", gap.id());
    object.put("start", gap.start().toString());
    gap.end().ifPresent(end -> object.put("end", end.toString()));
    object.put("origin", gap.origin().text());
    ArrayNode causes = object.putArray("causes");
    gap.causes().forEach(cause -> causes.add(cause.text()));
  }

  static Gap gap(JsonNode object) throws AssetFormatException {
    String id = text(object, "id");
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new AssetFormatException("the id of a gap has 1 to " + LONGEST_ID + " characters");
    }
    Instant start = instant(object, "start");
    Optional<Instant> end =
        object.has("end") ? Optional.of(instant(object, "end")) : Optional.empty();
    try {
      return new Gap(id, start, end, GapOrigin.ofText(text(object, "origin")), causes(object));
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException("gap " + id + ": " + e.getMessage(), e);
    }
  }

  private static List<GapCause> causes(JsonNode object) throws AssetFormatException {
    JsonNode texts = object.get("causes");
    if (texts == null || !texts.isArray() || texts.size() > MOST_CAUSES) {
      throw new AssetFormatException("'causes' is not a list of at most " + MOST_CAUSES);
    }
    List<GapCause> causes = new ArrayList<>();
    for (JsonNode text : texts) {
      causes.add(GapCause.ofText(text.asText()));
    }
    return causes;
  }
}
