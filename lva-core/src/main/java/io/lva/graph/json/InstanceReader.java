package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.InstanceRules;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads one instance. Confined to one read. */
final class InstanceReader {
  private static final String PROPERTIES = "$.properties";

  private final JsonObject root;
  private final ReadProblems problems = new ReadProblems();
  private final ScalarReader scalars = new ScalarReader(problems);

  InstanceReader(ObjectNode root) {
    this.root = new JsonObject(root, "$");
  }

  InstanceDefinition read(
      Function<String, Optional<GraphTopology>> topologies, Consumer<Problem> warnings) {
    InstanceDefinition instance = instance();
    rules(instance, topologies.apply(instance.topologyName()));
    if (!problems.problems().isEmpty()) {
      throw new TopologyException(problems.problems());
    }
    problems.warnings().forEach(warnings);
    return instance;
  }

  private InstanceDefinition instance() {
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
    return instance;
  }

  /**
   * Applies the rules of an instance. When its properties could not be read, problems that may
   * follow from that are not reported.
   */
  private void rules(InstanceDefinition instance, Optional<GraphTopology> topology) {
    if (topology.isEmpty()) {
      return;
    }
    PathCasing casing = new PathCasing(root.node());
    List<Problem> read = problems.problems();
    boolean unreadable = read.stream().anyMatch(InstanceReader::inProperties);
    for (Problem problem : InstanceRules.problems(topology.get(), instance)) {
      Problem placed = casing.apply(problem);
      boolean known =
          read.stream().anyMatch(p -> p.code() == placed.code() && p.path().equals(placed.path()));
      if (!known && !(unreadable && inProperties(placed))) {
        problems.add(placed);
      }
    }
  }

  private static boolean inProperties(Problem problem) {
    return problem
        .path()
        .regionMatches(/* ignoreCase= */ true, 0, PROPERTIES, 0, PROPERTIES.length());
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
