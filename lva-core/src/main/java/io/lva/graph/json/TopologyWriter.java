package io.lva.graph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lva.graph.EndpointUrl;
import io.lva.graph.GraphTopology;
import io.lva.graph.Node;
import io.lva.graph.NodeInput;
import io.lva.graph.NodeTypes;
import io.lva.graph.OpaqueSpec;
import io.lva.graph.OutputSelector;
import io.lva.graph.Parameter;
import io.lva.graph.ParameterType;
import io.lva.graph.PropertyObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes topologies, in full or as an answer. Immutable. */
final class TopologyWriter {
  private static final Set<String> SECRETS = Set.of("password", "headervalue");

  private final boolean echo;
  private final ObjectWriter objects;

  TopologyWriter(boolean echo) {
    this.echo = echo;
    this.objects = new ObjectWriter(echo);
  }

  ObjectNode write(ObjectNode json, GraphTopology topology) {
    if (!echo) {
      json.put("@apiVersion", topology.apiVersion().text());
    }
    json.put("name", topology.name());
    ObjectNode properties = json.putObject("properties");
    topology.description().ifPresent(text -> properties.put("description", text));
    parameters(properties, topology.parameters());
    nodes(properties, NodeTypes.Kind.SOURCE, topology.sources());
    nodes(properties, NodeTypes.Kind.PROCESSOR, topology.processors());
    nodes(properties, NodeTypes.Kind.SINK, topology.sinks());
    return json;
  }

  private void parameters(ObjectNode properties, List<Parameter<?>> parameters) {
    ArrayNode array = properties.putArray("parameters");
    for (Parameter<?> parameter : parameters) {
      ObjectNode json = array.addObject();
      json.put("name", parameter.name());
      json.put("type", parameter.type().text());
      parameter.description().ifPresent(text -> json.put("description", text));
      if (!echo || parameter.type() != ParameterType.SECRET_STRING) {
        parameter.defaultText().ifPresent(text -> json.put("default", text));
      }
    }
  }

  private void nodes(ObjectNode properties, NodeTypes.Kind kind, List<Node> nodes) {
    ArrayNode array = properties.putArray(kind.listName());
    for (Node node : nodes) {
      ObjectNode json = array.addObject();
      json.put("@type", node.spec().type());
      json.put("name", node.name());
      if (node.spec() instanceof PropertyObject object) {
        objects.write(json, object);
      } else if (node.spec() instanceof OpaqueSpec opaque) {
        opaque(json, opaque);
      } else {
        throw new IllegalArgumentException(
            "node '" + node.name() + "' is of a class that has no JSON: " + node.spec().type());
      }
      if (kind != NodeTypes.Kind.SOURCE) {
        inputs(json.putArray("inputs"), node.inputs());
      }
    }
  }

  private void opaque(ObjectNode json, OpaqueSpec spec) {
    ObjectNode rest = JsonTexts.parse(spec.json());
    if (echo) {
      removeSecrets(rest);
    }
    json.setAll(rest);
  }

  /** Removes secrets at every level of nesting; the reader has limited how deep it goes. */
  private static void removeSecrets(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(entry -> SECRETS.contains(lowerCase(entry.getKey())));
      object.properties().forEach(entry -> entry.setValue(withoutUser(entry.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withoutUser(array.get(i)));
      }
    }
    node.forEach(TopologyWriter::removeSecrets);
  }

  private static JsonNode withoutUser(JsonNode value) {
    return value.isTextual()
        ? TextNode.valueOf(EndpointUrl.withoutUserInfo(value.asText()))
        : value;
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void inputs(ArrayNode array, List<NodeInput> inputs) {
    for (NodeInput input : inputs) {
      ObjectNode json = array.addObject();
      json.put("nodeName", input.nodeName());
      if (echo || !input.selectors().isEmpty()) {
        selectors(json.putArray("outputSelectors"), input.selectors());
      }
    }
  }

  private static void selectors(ArrayNode array, List<OutputSelector> selectors) {
    for (OutputSelector selector : selectors) {
      ObjectNode json = array.addObject();
      json.put("property", "mediaType");
      json.put("operator", selector.operator() == OutputSelector.Operator.IS ? "is" : "isNot");
      json.put("value", selector.value());
    }
  }
}
