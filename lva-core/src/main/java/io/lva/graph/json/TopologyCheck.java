package io.lva.graph.json;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.InstanceRules;
import io.lva.graph.Problem;
import io.lva.graph.TopologyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of checking a topology file before it is used.
 *
 * <p>Immutable.
 *
 * @param echo the topology as an engine would return it, on several lines; empty when there is a
 *     problem
 * @param problems everything that is wrong with it or with the given values
 * @param warnings what is accepted but looks like a mistake; empty when the topology is wrong
 */
public record TopologyCheck(Optional<String> echo, List<Problem> problems, List<Problem> warnings) {
  private static final String INSTANCE_NAME = "check";

  /**
   * Copies the lists.
   *
   * @param echo the topology as an engine would return it
   * @param problems everything that is wrong
   * @param warnings what looks like a mistake
   */
  public TopologyCheck {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a topology, and checks values for its parameters.
   *
   * @param utf8 the JSON as in a request, with or without a byte order mark
   * @param values by name of the parameter. When empty, parameters are left open; otherwise every
   *     parameter without a default must have a value
   * @return what was found
   */
  public static TopologyCheck of(byte[] utf8, Map<String, String> values) {
    List<Problem> warnings = new ArrayList<>();
    GraphTopology topology;
    try {
      topology = TopologyJson.read(utf8, warnings::add);
    } catch (TopologyException e) {
      return new TopologyCheck(Optional.empty(), e.problems(), warnings);
    }
    List<Problem> problems = values.isEmpty() ? List.of() : tried(topology, values);
    Optional<String> echo =
        problems.isEmpty()
            ? Optional.of(TopologyJson.pretty(TopologyJson.echo(topology, Optional.empty())))
            : Optional.empty();
    return new TopologyCheck(echo, problems, warnings);
  }

  private static List<Problem> tried(GraphTopology topology, Map<String, String> values) {
    return InstanceRules.problems(
        topology, new InstanceDefinition(INSTANCE_NAME, topology.name(), Optional.empty(), values));
  }
}
