package io.lva.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Reads and writes the files of an engine. They hold secrets. */
final class StateJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private StateJson() {}

  static byte[] write(TopologyResource resource) {
    ObjectNode json = begin(resource.systemData());
    json.set("topology", parse(TopologyJson.write(resource.topology())));
    return bytes(json);
  }

  static TopologyResource readTopology(byte[] content, NodeTypes types) {
    JsonNode json = read(content);
    return new TopologyResource(
        TopologyJson.readWritten(json.path("topology").toString(), types), systemData(json));
  }

  static byte[] write(KeptInstance instance) {
    ObjectNode json =
        begin(instance.systemData())
            .put("desiredState", instance.desiredActive() ? "Active" : "Inactive");
    json.set("instance", parse(InstanceJson.write(instance.definition())));
    return bytes(json);
  }

  static KeptInstance readInstance(byte[] content) {
    JsonNode json = read(content);
    InstanceDefinition definition = InstanceJson.read(json.path("instance").toString());
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
