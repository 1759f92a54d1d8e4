package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.ApiVersion;
import io.lva.graph.Node;
import io.lva.graph.NodeInput;
import io.lva.graph.NodeSpec;
import io.lva.graph.NodeTypes;
import io.lva.graph.ObjectType;
import io.lva.graph.OpaqueSpec;
import io.lva.graph.OutputSelector;
import io.lva.graph.ProblemCode;
import io.lva.graph.PropertyObject;
import io.lva.graph.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads nodes of one kind. What cannot be read becomes a nameless node without a type, so that the
 * other nodes keep their positions. Confined to one read.
 */
final class NodeReader {
  private static final String TYPE = "@type";
  private static final String NAME = "name";
  private static final String INPUTS = "inputs";
  private static final String FORMER_NODE_NAME = "moduleName";

  private final NodeTypes types;
  private final ReadProblems problems;
  private final ScalarReader scalars;
  private final ObjectReader objects;
  private final ObjectReader objectsOfEarlyBuilds;

  NodeReader(ApiVersion version, boolean ofClient, NodeTypes types, ReadProblems problems) {
    this.types = types;
    this.problems = problems;
    this.scalars = new ScalarReader(problems);
    this.objects = new ObjectReader(version, ofClient, problems);
    this.objectsOfEarlyBuilds = new ObjectReader(version, /* ofClient= */ false, problems);
  }

  List<Node> read(NodeTypes.Kind kind, List<JsonObject.Field> elements) {
    return elements.stream()
        .map(
            element ->
                scalars
                    .object(element)
                    .map(json -> node(kind, json))
                    .orElseGet(() -> new Node("", opaque(kind, "", "{}"), List.of())))
        .toList();
  }

  private Node node(NodeTypes.Kind kind, JsonObject json) {
    Optional<String> type = scalars.required(json, TYPE);
    Optional<String> name = scalars.optional(json, NAME); // a rule asks for it
    boolean source = kind == NodeTypes.Kind.SOURCE;
    List<NodeInput> inputs = source ? List.of() : inputs(json);
    NodeSpec spec = spec(kind, type.orElse(""), json);
    return new Node(name.orElse(""), spec, inputs);
  }

  private NodeSpec spec(NodeTypes.Kind kind, String type, JsonObject json) {
    Optional<ObjectType<? extends PropertyObject>> known = types.find(kind, type);
    if (known.isPresent()) {
      PropertyObject spec = (early(json) ? objectsOfEarlyBuilds : objects).read(known.get(), json);
      problems.unknown(json);
      return (NodeSpec) spec; // a type with node traits is one
    }
    for (NodeTypes.Kind other : NodeTypes.Kind.values()) {
      if (types.find(other, type).isPresent()) {
        problems.add(
            ProblemCode.TYPE_MISPLACED,
            json.pathOf(TYPE),
            "The type belongs into '" + other.listName() + "'.");
        return opaque(kind, "", "{}");
      }
    }
    return opaque(kind, type, rest(json));
  }

  /**
   * Returns whether the node comes from an early build: such builds wrote {@code moduleName} and
   * had no settings for the local cache of a sink.
   */
  private static boolean early(JsonObject json) {
    return json.find(INPUTS)
        .filter(inputs -> !inputs.value().findValues(FORMER_NODE_NAME).isEmpty())
        .isPresent();
  }

  private static NodeSpec opaque(NodeTypes.Kind kind, String type, String json) {
    return switch (kind) {
      case SOURCE -> new OpaqueSpec.Source(type, json);
      case PROCESSOR -> new OpaqueSpec.Processor(type, json);
      case SINK -> new OpaqueSpec.Sink(type, json);
    };
  }

  private static String rest(JsonObject json) {
    ObjectNode rest = json.node().deepCopy();
    for (String name : List.of(TYPE, NAME, INPUTS)) {
      JsonObject.key(rest, name).ifPresent(rest::remove);
    }
    return JsonTexts.write(rest);
  }

  private List<NodeInput> inputs(JsonObject json) {
    Optional<JsonObject.Field> field = json.find(INPUTS);
    if (field.isEmpty()) {
      problems.missing(json.pathOf(INPUTS), INPUTS);
    }
    List<NodeInput> inputs = new ArrayList<>();
    for (JsonObject.Field element : scalars.array(field)) {
      inputs.add(scalars.object(element).map(this::input).orElseGet(() -> new NodeInput("")));
    }
    return inputs;
  }

  private NodeInput input(JsonObject json) {
    String nodeName = scalars.required(json, "nodeName", FORMER_NODE_NAME).orElse("");
    List<OutputSelector> selectors = new ArrayList<>();
    for (JsonObject.Field element : scalars.array(json.find("outputSelectors"))) {
      selectors.add(
          scalars
              .object(element)
              .map(this::selector)
              .orElseGet(
                  () ->
                      new OutputSelector(
                          OutputSelector.Property.MEDIA_TYPE, OutputSelector.Operator.IS, "")));
    }
    problems.unknown(json);
    return new NodeInput(nodeName, selectors);
  }

  private OutputSelector selector(JsonObject json) {
    OutputSelector.Property property =
        json.find("property")
            .flatMap(field -> scalars.literal(field, ValueTypes.of(OutputSelector.Property.class)))
            .orElse(OutputSelector.Property.MEDIA_TYPE);
    OutputSelector.Operator operator =
        json.find("operator")
            .flatMap(field -> scalars.literal(field, ValueTypes.of(OutputSelector.Operator.class)))
            .orElse(OutputSelector.Operator.IS);
    String value = scalars.optional(json, "value").orElse(""); // a rule asks for it
    problems.unknown(json);
    return new OutputSelector(property, operator, value);
  }
}
