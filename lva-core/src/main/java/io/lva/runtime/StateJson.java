package io.lva.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.NodeTypes;
import io.lva.graph.SystemData;
import io.lva.graph.json.InstanceJson;
import io.lva.graph.json.TopologyJson;
import io.lva.runtime.EngineStore.KeptInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads and writes the files of an engine. The files contain secrets. */
final class StateJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private StateJson() {}

  static byte[] write(TopologyResource resource) {
    ObjectNode json = begin(resource.systemData());
    json.putRawValue("topology", new RawValue(TopologyJson.write(resource.topology())));
    return bytes(json);
  }

  static TopologyResource readTopology(byte[] content, NodeTypes types) {
    JsonNode json = read(content);
    return new TopologyResource(
        TopologyJson.readWritten(value(content, "topology"), types), systemData(json));
  }

  static byte[] write(KeptInstance instance) {
    ObjectNode json =
        begin(instance.systemData())
            .put("desiredState", instance.desiredActive() ? "Active" : "Inactive");
    json.putRawValue("instance", new RawValue(InstanceJson.write(instance.definition())));
    return bytes(json);
  }

  static KeptInstance readInstance(byte[] content) {
    JsonNode json = read(content);
    InstanceDefinition definition = InstanceJson.read(value(content, "instance"));
    boolean desiredActive = text(json, "desiredState").equals("Active");
    return new KeptInstance(definition, systemData(json), desiredActive);
  }

  private static ObjectNode begin(SystemData systemData) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("format", FORMAT)
        .put("createdAt", systemData.createdAt().toString())
        .put("lastModifiedAt", systemData.lastModifiedAt().toString());
  }

  private static SystemData systemData(JsonNode json) {
    try {
      return new SystemData(
          Instant.parse(text(json, "createdAt")), Instant.parse(text(json, "lastModifiedAt")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a time is wrong", e);
    }
  }

  private static JsonNode read(byte[] content) {
    JsonNode json = parse(new String(content, StandardCharsets.UTF_8));
    if (json.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("its format is not " + FORMAT);
    }
    return json;
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      // The exception quotes the text, which may be a secret.
      throw new IllegalArgumentException("it is not JSON");
    }
  }

  /** Returns the value of a property exactly as it is written in the document. */
  private static String value(byte[] content, String property) {
    String text = new String(content, StandardCharsets.UTF_8);
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(property);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (found) {
          return text.substring(start, (int) parser.currentLocation().getCharOffset());
        }
      }
    } catch (IOException e) {
      // The exception quotes the text, which may be a secret.
      throw new IllegalArgumentException("it is not JSON");
    }
    throw new IllegalArgumentException("it has no " + property);
  }

  private static String text(JsonNode json, String property) {
    JsonNode value = json.get(property);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("it has no " + property);
    }
    return value.asText();
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
