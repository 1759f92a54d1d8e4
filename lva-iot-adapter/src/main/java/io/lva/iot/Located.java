package io.lva.iot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a request, and where it is.
 *
 * <p>Immutable.
 *
 * @param json the value
 * @param path of the value, with names as the request spells them
 */
record Located(JsonNode json, String path) {
  /**
   * Finds a property by its name in any letter case; the exact name wins, and a null value counts
   * as absent.
   */
  Optional<Located> child(String name) {
    JsonNode exact = json.get(name);
    if (exact != null) {
      return exact.isNull() ? Optional.empty() : Optional.of(at(name, exact));
    }
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      if (property.getKey().equalsIgnoreCase(name) && !property.getValue().isNull()) {
        return Optional.of(at(property.getKey(), property.getValue()));
      }
    }
    return Optional.empty();
  }

  private Located at(String name, JsonNode value) {
    return new Located(value, path + "." + name);
  }
}
