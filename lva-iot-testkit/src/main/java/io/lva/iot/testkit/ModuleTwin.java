package io.lva.iot.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Map;

/** The twin of one module: desired and reported properties with their versions. Thread-safe. */
final class ModuleTwin {
  private static final ObjectMapper JSON = new ObjectMapper();

  @GuardedBy("this")
  private final ObjectNode desired = JsonNodeFactory.instance.objectNode();

  @GuardedBy("this")
  private final ObjectNode reported = JsonNodeFactory.instance.objectNode();

  @GuardedBy("this")
  private int desiredVersion = 1;

  @GuardedBy("this")
  private int reportedVersion = 1;

  /** Changes desired properties and returns the patch that the module gets. */
  synchronized String patchDesired(String json) {
    ObjectNode patch = object(json);
    merge(desired, patch);
    desiredVersion++;
    patch.put("$version", desiredVersion);
    return patch.toString();
  }

  synchronized int desiredVersion() {
    return desiredVersion;
  }

  /** Changes reported properties and returns their version. */
  synchronized int patchReported(String json) {
    merge(reported, object(json));
    return ++reportedVersion;
  }

  synchronized JsonNode reported() {
    return reported.deepCopy();
  }

  /** Returns both sides of the twin, as a module gets them. */
  synchronized ObjectNode properties() {
    ObjectNode twin = JsonNodeFactory.instance.objectNode();
    twin.set("desired", desired.deepCopy().put("$version", desiredVersion));
    twin.set("reported", reported.deepCopy().put("$version", reportedVersion));
    return twin;
  }

  private static ObjectNode object(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("not an object: " + json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> property : patch.properties()) {
      String name = property.getKey();
      if (property.getValue().isNull()) {
        target.remove(name);
      } else if (property.getValue() instanceof ObjectNode inner
          && target.get(name) instanceof ObjectNode known) {
        merge(known, inner);
      } else {
        target.set(name, property.getValue());
      }
    }
  }
}
