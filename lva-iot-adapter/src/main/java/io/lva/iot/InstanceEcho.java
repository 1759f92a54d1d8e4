package io.lva.iot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.GraphTopology;
import io.lva.graph.ParameterType;
import io.lva.runtime.InstanceDefinition;
import io.lva.runtime.InstanceResource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes instances as answers show them: the values that were given, secrets without theirs. */
final class InstanceEcho {
  private InstanceEcho() {}

  /**
   * Writes an instance.
   *
   * @param topology which it refers to, whose declarations say what is secret; without it every
   *     value is taken for a secret
   */
  static String write(InstanceResource resource, Optional<GraphTopology> topology) {
    InstanceDefinition definition = resource.definition();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", definition.name());
    Times.put(json, resource.systemData());
    ObjectNode properties = json.putObject("properties").put("state", resource.state().text());
    definition.description().ifPresent(text -> properties.put("description", text));
    properties.put("topologyName", definition.topologyName());
    Set<String> printable = topology.map(InstanceEcho::printable).orElse(Set.of());
    ArrayNode parameters = properties.putArray("parameters");
    definition
        .values()
        .texts()
        .forEach(
            (name, value) -> {
              ObjectNode parameter = parameters.addObject().put("name", name);
              if (printable.contains(name)) {
                parameter.put("value", value);
              }
            });
    return json.toString();
  }

  private static Set<String> printable(GraphTopology topology) {
    return topology.parameters().stream()
        .filter(parameter -> parameter.type() != ParameterType.SECRET_STRING)
        .map(parameter -> parameter.name())
        .collect(Collectors.toSet());
  }
}
