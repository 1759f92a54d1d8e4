package io.lva.iot.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The desired properties of the twin, kept up to date by patches. A patch that skips a version
 * shows that another patch was lost.
 *
 * <p>Confined to the thread of the supervisor.
 */
final class DesiredTwin {
  /** What a patch did. */
  enum Change {
    /** The properties have changed. */
    APPLIED,
    /** The patch was already known. */
    OLD,
    /** A patch before it is missing: the twin must be read again. */
    GAP
  }

  private static final String VERSION = "$version";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObjectNode properties = JsonNodeFactory.instance.objectNode();

  /**
   * Replaces everything.
   *
   * @param twin an object with {@code desired}, or with the desired properties themselves
   * @throws IllegalArgumentException when the text is not such an object
   */
  void read(String twin) {
    ObjectNode object = object(twin);
    properties = object.get("desired") instanceof ObjectNode desired ? desired : object;
  }

  /**
   * Applies a patch.
   *
   * @throws IllegalArgumentException when it is not a JSON object
   */
  Change patch(String json) {
    ObjectNode patch = object(json);
    long version = patch.path(VERSION).asLong();
    if (version <= version()) {
      return Change.OLD;
    }
    if (version != version() + 1) {
      return Change.GAP;
    }
    merge(properties, patch);
    return Change.APPLIED;
  }

  long version() {
    return properties.path(VERSION).asLong();
  }

  /** Returns the properties as JSON. */
  String json() {
    return properties.toString();
  }

  private static ObjectNode object(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("the twin is no JSON object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the twin is no JSON", e);
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> property : patch.properties()) {
      JsonNode known = target.get(property.getKey());
      if (property.getValue().isNull()) {
        target.remove(property.getKey());
      } else if (property.getValue() instanceof ObjectNode inner
          && known instanceof ObjectNode outer) {
        merge(outer, inner);
      } else {
        target.set(property.getKey(), property.getValue());
      }
    }
  }
}
