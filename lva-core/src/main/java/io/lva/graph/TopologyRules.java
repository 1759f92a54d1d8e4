package io.lva.graph;

import java.util.List;

/** The rules of the contract, for topologies however they were made. */
public final class TopologyRules {
  private TopologyRules() {}

  /**
   * Applies all rules.
   *
   * @param topology of the builder or read from JSON
   * @return every problem; empty when the topology is right
   */
  public static List<Problem> problems(GraphTopology topology) {
    return List.of();
  }
}
