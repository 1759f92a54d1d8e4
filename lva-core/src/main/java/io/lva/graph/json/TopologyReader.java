package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.ApiVersion;
import io.lva.graph.GraphTopology;
import io.lva.graph.NodeTypes;
import io.lva.graph.Parameter;
import io.lva.graph.ParameterType;
import io.lva.graph.Problem;
import io.lva.graph.TopologyException;
import io.lva.graph.TopologyRules;
import io.lva.graph.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one topology and applies the rules to it. Confined to one read. */
final class TopologyReader {
  private final JsonObject root;
  private final boolean ofClient;
  private final NodeTypes types;
  private final ReadProblems problems = new ReadProblems();
  private final ScalarReader scalars = new ScalarReader(problems);

  TopologyReader(ObjectNode root, boolean ofClient, NodeTypes types) {
    this.root = new JsonObject(root, "$");
    this.ofClient = ofClient;
    this.types = types;
  }

  GraphTopology read(Consumer<Problem> warnings) {
    GraphTopology topology = topology();
    PathCasing casing = new PathCasing(root.node());
    boolean empty = root.find("properties").isEmpty(); // reported; what follows from it is not
    for (Problem problem : TopologyRules.check(topology)) {
      if (!empty || !problem.path().startsWith("$.properties")) {
        problems.add(casing.apply(problem));
      }
    }
    if (!problems.problems().isEmpty()) {
      throw new TopologyException(problems.problems());
    }
    problems.warnings().forEach(warnings);
    return topology;
  }

  private GraphTopology topology() {
    ApiVersion version = scalars.version(root);
    String name = scalars.optional(root, "name").orElse("");
    root.find("systemData"); // read-only: clients send it back
    JsonObject properties = scalars.properties(root);
    NodeReader nodes = new NodeReader(version, ofClient, types, problems);
    GraphTopology topology =
        new GraphTopology(
            name,
            version,
            scalars.optional(properties, "description"),
            parameters(properties),
            nodes.read(NodeTypes.Kind.SOURCE, list(properties, NodeTypes.Kind.SOURCE)),
            nodes.read(NodeTypes.Kind.PROCESSOR, list(properties, NodeTypes.Kind.PROCESSOR)),
            nodes.read(NodeTypes.Kind.SINK, list(properties, NodeTypes.Kind.SINK)));
    problems.unknown(root);
    problems.unknown(properties);
    return topology;
  }

  private List<JsonObject.Field> list(JsonObject properties, NodeTypes.Kind kind) {
    return scalars.array(properties.find(kind.listName()));
  }

  private List<Parameter<?>> parameters(JsonObject properties) {
    List<Parameter<?>> parameters = new ArrayList<>();
    for (JsonObject.Field element : scalars.array(properties.find("parameters"))) {
      parameters.add(
          scalars
              .object(element)
              .<Parameter<?>>map(this::parameter)
              .orElseGet(() -> Parameter.string("")));
    }
    return parameters;
  }

  private Parameter<?> parameter(JsonObject json) {
    String name = scalars.required(json, "name").orElse("");
    Optional<JsonObject.Field> field = json.find("type");
    if (field.isEmpty()) {
      problems.missing(json.pathOf("type"), "type");
    }
    ParameterType type =
        field
            .flatMap(f -> scalars.literal(f, ValueTypes.of(ParameterType.class)))
            .orElse(ParameterType.STRING);
    Optional<String> description = scalars.optional(json, "description");
    Optional<String> defaultText = scalars.optional(json, "default");
    problems.unknown(json);
    return Parameter.declared(name, type, description, defaultText);
  }
}
