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
 * Instances as JSON, read as leniently as topologies in {@link TopologyJson}, and within the same
 * limits.
 *
 * <p>Thread-safe.
 */
public final class InstanceJson {
  private InstanceJson() {}

  /**
   * Reads an instance without applying {@link io.lva.graph.InstanceRules}, which need its topology.
   *
   * @param json as in a request
   * @param warnings takes what is accepted but looks like a mistake
   * @return the instance
   * @throws io.lva.graph.TopologyException when the JSON is wrong; it lists every problem
   */
  public static InstanceDefinition read(String json, Consumer<Problem> warnings) {
    return read(json, name -> Optional.empty(), warnings);
  }

  /**
   * Reads an instance and applies all rules.
   *
   * @param json as in a request
   * @param topologies finds a topology by its name; when it finds none, {@link
   *     io.lva.graph.InstanceRules} are not applied
   * @param warnings takes what is accepted but looks like a mistake
   * @return the instance
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem, with paths in the casing of the request
   */
  public static InstanceDefinition read(
      String json,
      Function<String, Optional<GraphTopology>> topologies,
      Consumer<Problem> warnings) {
    return new InstanceReader(JsonTexts.parse(json)).read(topologies, warnings);
  }

  /**
   * Reads an instance without applying {@link io.lva.graph.InstanceRules}, and drops warnings.
   *
   * @param json as in a request
   * @return the instance
   * @throws io.lva.graph.TopologyException when the JSON is wrong; it lists every problem
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
   * Writes the answer to a request, which leaves out parameters of type {@code SecretString}.
   *
   * @param instance what to write
   * @param topology the topology that it runs, which says what is secret
   * @param state such as {@code Active}
   * @param systemData written first; left out when empty
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
