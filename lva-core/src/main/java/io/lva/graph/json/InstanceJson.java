package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.ApiVersion;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.Parameter;
import io.lva.graph.ParameterType;
import io.lva.graph.Problem;
import io.lva.graph.SystemData;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Instances as JSON. As lenient and as limited as {@link TopologyJson}.
 *
 * <p>Thread-safe.
 */
public final class InstanceJson {
  private InstanceJson() {}

  /**
   * Reads an instance; {@link io.lva.graph.InstanceRules} are for later, when its topology is
   * known.
   *
   * @param json as in a request
   * @param warnings takes what is accepted and looks like a mistake
   * @return the instance
   * @throws io.lva.graph.TopologyException with every problem
   */
  public static InstanceDefinition read(String json, Consumer<Problem> warnings) {
    return read(json, name -> Optional.empty(), warnings);
  }

  /**
   * Reads an instance and applies all rules.
   *
   * @param json as in a request
   * @param topologies finds the topology of a name; where there is none, {@link
   *     io.lva.graph.InstanceRules} are for later
   * @param warnings takes what is accepted and looks like a mistake
   * @return the instance
   * @throws io.lva.graph.TopologyException with every problem, in the casing of the request
   */
  public static InstanceDefinition read(
      String json,
      Function<String, Optional<GraphTopology>> topologies,
      Consumer<Problem> warnings) {
    return new InstanceReader(JsonTexts.parse(json)).read(topologies, warnings);
  }

  /**
   * Reads an instance.
   *
   * @param json as in a request
   * @return the instance
   * @throws io.lva.graph.TopologyException with every problem
   */
  public static InstanceDefinition read(String json) {
    return read(json, warning -> {});
  }

  /**
   * Writes everything, secrets too, so that reading it gives an equal instance.
   *
   * @param instance what to write
   * @return one line of JSON
   */
  public static String write(InstanceDefinition instance) {
    ObjectNode json = JsonTexts.MAPPER.createObjectNode();
    json.put("@apiVersion", ApiVersion.V2_0.text());
    write(json, instance, name -> true);
    return JsonTexts.write(json);
  }

  /**
   * Writes what answers a request: without values of secret parameters, which are left out.
   *
   * @param instance what to write
   * @param topology that it runs, which says what is secret
   * @param state such as {@code Active}
   * @param systemData stands at the top
   * @return one line of JSON
   */
  public static String echo(
      InstanceDefinition instance,
      GraphTopology topology,
      String state,
      Optional<SystemData> systemData) {
    ObjectNode json = JsonTexts.MAPPER.createObjectNode();
    systemData.ifPresent(data -> SystemDataJson.write(json, data));
    ObjectNode properties = write(json, instance, name -> !secret(topology, name));
    properties.put("state", state);
    return JsonTexts.write(json);
  }

  private static ObjectNode write(
      ObjectNode json, InstanceDefinition instance, Predicate<String> written) {
    json.put("name", instance.name());
    ObjectNode properties = json.putObject("properties");
    properties.put("topologyName", instance.topologyName());
    instance.description().ifPresent(text -> properties.put("description", text));
    ArrayNode parameters = properties.putArray("parameters");
    instance
        .parameters()
        .forEach(
            (name, value) -> {
              if (written.test(name)) {
                parameters.addObject().put("name", name).put("value", value);
              }
            });
    return properties;
  }

  private static boolean secret(GraphTopology topology, String name) {
    return topology
        .parameter(name)
        .map(Parameter::type)
        .filter(type -> type == ParameterType.SECRET_STRING)
        .isPresent();
  }
}
