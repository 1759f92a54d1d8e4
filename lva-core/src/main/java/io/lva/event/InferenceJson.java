package io.lva.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.InferenceValue.Attribute;
import io.lva.media.InferenceValue.Box;
import io.lva.media.InferenceValue.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads and writes inferences in the form of the inference schema of Live Video Analytics: {@code
 * {"inferences": [{"type": "motion", "motion": {…}}, …]}}. What does not conform to the schema is
 * neither lost nor changed: it is read as {@link InferenceValue.Foreign} and written again as it
 * was.
 *
 * <p>Thread-safe.
 */
public final class InferenceJson {
  /** The most characters that a text to be read may have. */
  public static final int MAXIMUM_CHARACTERS = 1 << 20;

  private static final int MAXIMUM_DEPTH = 64;
  private static final int MAXIMUM_NUMBER_LENGTH = 100;
  private static final String INFERENCES = "inferences";
  private static final JsonMapper MAPPER = mapper();

  private InferenceJson() {}

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A foreign number is written again digit by digit.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(MAXIMUM_CHARACTERS)
                .maxNestingDepth(MAXIMUM_DEPTH)
                .maxNumberLength(MAXIMUM_NUMBER_LENGTH)
                .maxStringLength(MAXIMUM_CHARACTERS)
                .build());
    return mapper;
  }

  /**
   * Reads the answer of an analysis.
   *
   * @param json a JSON document of at most {@value #MAXIMUM_CHARACTERS} characters and 64 levels,
   *     with numbers of at most 100 characters
   * @return its inferences, possibly none; a document that is not an object with only the list
   *     {@code inferences} is one foreign inference
   * @throws IllegalArgumentException when the text is not JSON or exceeds a limit; the message does
   *     not repeat the text
   */
  public static List<Inference> read(String json) {
    JsonNode tree = parse(json);
    if (!tree.path(INFERENCES).isArray() || tree.size() != 1) {
      return List.of(foreign(tree));
    }
    List<Inference> inferences = new ArrayList<>();
    tree.path(INFERENCES).forEach(node -> inferences.add(inference(node)));
    return inferences;
  }

  /**
   * Writes inferences.
   *
   * @param inferences in their order
   * @return one line: {@code {"inferences": […]}}; optional fields that are empty are left out,
   *     except the properties of an event
   * @throws IllegalArgumentException when a foreign inference is not JSON or exceeds a limit of
   *     {@link #read}
   */
  public static String write(List<Inference> inferences) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    writeTo(json, inferences);
    return json.toString();
  }

  static void writeTo(ObjectNode json, List<Inference> inferences) {
    ArrayNode array = json.putArray(INFERENCES);
    inferences.forEach(inference -> array.add(tree(inference)));
  }

  private static JsonNode parse(String json) {
    if (json.length() > MAXIMUM_CHARACTERS) {
      throw new IllegalArgumentException(
          "inferences of more than " + MAXIMUM_CHARACTERS + " characters");
    }
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree.isMissingNode()) {
        throw new IllegalArgumentException("no inferences: the text is empty");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("inferences that are not JSON", e);
    }
  }

  private static Inference foreign(JsonNode node) {
    return Inference.of(new InferenceValue.Foreign(node.toString()));
  }

  private static Inference inference(JsonNode node) {
    SchemaFields fields = SchemaFields.of(node);
    Inference read =
        new Inference(
            value(fields),
            fields.optionalText("subtype").filter(text -> !text.isEmpty()),
            fields.optionalText("inferenceId"),
            fields.texts("relatedInferences"),
            fields.optionalText("sequenceId"),
            fields.properties("extensions"));
    // Written by version 1.0.4 of Live Video Analytics beside the schema; it repeats the type.
    fields.optionalText("valueCase");
    return fields.complete() ? read : foreign(node);
  }

  private static InferenceValue value(SchemaFields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "classification" -> classification(fields.object(type));
      case "motion" ->
          new InferenceValue.Motion(fields.object(type).optional("box").map(InferenceJson::box));
      case "entity" -> entity(fields.object(type));
      case "text" -> text(fields.object(type));
      case "event" -> event(fields.object(type));
      case "other" -> other(fields.object(type));
      default -> {
        fields.reject();
        yield new InferenceValue.Foreign("");
      }
    };
  }

  private static InferenceValue classification(SchemaFields fields) {
    return new InferenceValue.Classification(tag(fields), attributes(fields));
  }

  private static InferenceValue entity(SchemaFields fields) {
    return new InferenceValue.Entity(
        tag(fields), attributes(fields), box(fields.object("box")), fields.optionalText("id"));
  }

  private static InferenceValue text(SchemaFields fields) {
    return new InferenceValue.Text(
        fields.text("value"),
        fields.optionalText("language"),
        fields.optionalInteger("startTimestamp"),
        fields.optionalInteger("endTimestamp"));
  }

  private static InferenceValue event(SchemaFields fields) {
    String name = fields.text("name");
    Map<String, String> properties = fields.properties("properties");
    return new InferenceValue.Event(
        name, properties, fields.optional("box").map(InferenceJson::box));
  }

  private static InferenceValue other(SchemaFields fields) {
    return new InferenceValue.Other(
        fields.optionalText("contentType"), fields.optionalText("contentBytes"));
  }

  private static Tag tag(SchemaFields fields) {
    SchemaFields tag = fields.object("tag");
    return new Tag(tag.text("value"), tag.optionalNumber("confidence"));
  }

  private static List<Attribute> attributes(SchemaFields fields) {
    return fields.objects("attributes").stream()
        .map(
            attribute ->
                new Attribute(
                    attribute.text("name"),
                    attribute.text("value"),
                    attribute.optionalNumber("confidence")))
        .toList();
  }

  private static Box box(SchemaFields fields) {
    return new Box(fields.number("l"), fields.number("t"), fields.number("w"), fields.number("h"));
  }

  private static JsonNode tree(Inference inference) {
    if (inference.value() instanceof InferenceValue.Foreign foreign) {
      return parse(foreign.json());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String type = type(inference.value());
    json.put("type", type);
    inference.subtype().ifPresent(text -> json.put("subtype", text));
    inference.id().ifPresent(text -> json.put("inferenceId", text));
    if (!inference.relatedIds().isEmpty()) {
      inference.relatedIds().forEach(json.putArray("relatedInferences")::add);
    }
    inference.sequenceId().ifPresent(text -> json.put("sequenceId", text));
    writeValue(json.putObject(type), inference.value());
    if (!inference.extensions().isEmpty()) {
      inference.extensions().forEach(json.putObject("extensions")::put);
    }
    return json;
  }

  private static String type(InferenceValue value) {
    return value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static void writeValue(ObjectNode json, InferenceValue value) {
    if (value instanceof InferenceValue.Classification classification) {
      writeTag(json, classification.tag(), classification.attributes());
    } else if (value instanceof InferenceValue.Motion motion) {
      motion.box().ifPresent(box -> writeBox(json, box));
    } else if (value instanceof InferenceValue.Entity entity) {
      writeTag(json, entity.tag(), entity.attributes());
      writeBox(json, entity.box());
      entity.id().ifPresent(id -> json.put("id", id));
    } else if (value instanceof InferenceValue.Text text) {
      json.put("value", text.value());
      text.language().ifPresent(language -> json.put("language", language));
      text.startTimestamp().ifPresent(ticks -> json.put("startTimestamp", ticks));
      text.endTimestamp().ifPresent(ticks -> json.put("endTimestamp", ticks));
    } else if (value instanceof InferenceValue.Event event) {
      json.put("name", event.name());
      event.properties().forEach(json.putObject("properties")::put);
      event.box().ifPresent(box -> writeBox(json, box));
    } else if (value instanceof InferenceValue.Other other) {
      other.contentType().ifPresent(type -> json.put("contentType", type));
      other.contentBytes().ifPresent(bytes -> json.put("contentBytes", bytes));
    }
  }

  private static void writeTag(ObjectNode json, Tag tag, List<Attribute> attributes) {
    ObjectNode written = json.putObject("tag").put("value", tag.value());
    writeConfidence(written, tag.confidence());
    if (!attributes.isEmpty()) {
      ArrayNode array = json.putArray("attributes");
      for (Attribute attribute : attributes) {
        ObjectNode one = array.addObject();
        one.put("name", attribute.name()).put("value", attribute.value());
        writeConfidence(one, attribute.confidence());
      }
    }
  }

  private static void writeConfidence(ObjectNode json, OptionalDouble confidence) {
    confidence.ifPresent(value -> json.put("confidence", value));
  }

  private static void writeBox(ObjectNode json, Box box) {
    json.putObject("box")
        .put("l", box.left())
        .put("t", box.top())
        .put("w", box.width())
        .put("h", box.height());
  }
}
