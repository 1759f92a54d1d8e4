package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one instance. Confined to one read. */
final class InstanceReader {
  private final JsonObject root;
  private final ReadProblems problems = new ReadProblems();
  private final ScalarReader scalars = new ScalarReader(problems);

  InstanceReader(ObjectNode root) {
    this.root = new JsonObject(root, "$");
  }

  InstanceDefinition read(Consumer<Problem> warnings) {
    scalars.version(root);
    String name = scalars.required(root, "name").orElse("");
    root.find("systemData"); // read-only: clients send it back
    JsonObject properties = scalars.properties(root);
    properties.find("state"); // read-only, too
    InstanceDefinition instance =
        new InstanceDefinition(
            name,
            scalars.required(properties, "topologyName").orElse(""),
            scalars.optional(properties, "description"),
            parameters(properties));
    problems.unknown(root);
    problems.unknown(properties);
    if (!problems.problems().isEmpty()) {
      throw new TopologyException(problems.problems());
    }
    problems.warnings().forEach(warnings);
    return instance;
  }

  private Map<String, String> parameters(JsonObject properties) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (JsonObject.Field element : scalars.array(properties.find("parameters"))) {
      scalars.object(element).ifPresent(json -> parameter(json, parameters));
    }
    return parameters;
  }

  private void parameter(JsonObject json, Map<String, String> parameters) {
    Optional<String> name = scalars.required(json, "name");
    Optional<String> value = scalars.required(json, "value");
    problems.unknown(json);
    if (name.isPresent() && parameters.putIfAbsent(name.get(), value.orElse("")) != null) {
      problems.add(
          ProblemCode.PARAMETER_DUPLICATE,
          json.pathOf("name"),
          "The parameter '" + name.get() + "' is given twice.");
    }
  }
}
