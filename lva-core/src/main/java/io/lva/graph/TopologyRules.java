package io.lva.graph;

import java.util.List;

/**
 * The rules of the contract on names, parameters, values and connections, for every topology,
 * however it was made.
 *
 * <p>Thread-safe.
 */
public final class TopologyRules {
  private TopologyRules() {}

  /**
   * Applies all rules and returns the problems.
   *
   * @param topology from a builder or from JSON
   * @return every problem; empty when the topology is right
   */
  public static List<Problem> problems(GraphTopology topology) {
    return find(topology).problems();
  }

  /**
   * Applies all rules and returns the warnings.
   *
   * @param topology from a builder or from JSON
   * @return what is accepted but looks like a mistake
   */
  public static List<Problem> warnings(GraphTopology topology) {
    return find(topology).warnings();
  }

  /**
   * Applies all rules and returns problems and warnings.
   *
   * @param topology from a builder or from JSON
   * @return every problem and every warning
   */
  public static List<Problem> check(GraphTopology topology) {
    return find(topology).all();
  }

  private static Findings find(GraphTopology topology) {
    Findings findings = new Findings();
    NameRules.check(topology, findings);
    ParameterRules.check(topology, findings);
    PropertyRules.check(topology, findings);
    GraphShape shape = new GraphShape(topology);
    ShapeRules.check(shape, findings);
    ConnectionRules.check(topology.apiVersion(), shape, findings);
    StreamRules.check(shape, findings);
    return findings;
  }
}
