package io.lva.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An instance as a client defines it: a topology, and values for its parameters.
 *
 * <p>Immutable.
 *
 * @param name 1 to 32 letters, digits and inner dashes
 * @param topologyName the topology it runs
 * @param description for people
 * @param parameters values by name, in the order in which they were given; may be secrets
 */
public record InstanceDefinition(
    String name,
    String topologyName,
    Optional<String> description,
    Map<String, String> parameters) {
  /**
   * Copies the parameters.
   *
   * @param name 1 to 32 letters, digits and inner dashes
   * @param topologyName the topology it runs
   * @param description for people
   * @param parameters values by name
   */
  public InstanceDefinition {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Returns the names, including those of the parameters, without any values. */
  @Override
  public String toString() {
    return name + " of " + topologyName + " with " + parameters.keySet();
  }
}
