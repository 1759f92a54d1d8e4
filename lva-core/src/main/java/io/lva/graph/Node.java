package io.lva.graph;

import java.util.List;

/**
 * A node of a topology.
 *
 * <p>Immutable.
 *
 * @param name unique in the topology
 * @param spec type and properties of the node
 * @param inputs what it connects to, in an order that matters; empty for a source
 */
public record Node(String name, NodeSpec spec, List<NodeInput> inputs) {
  /**
   * Copies the inputs.
   *
   * @param name unique in the topology
   * @param spec type and properties of the node
   * @param inputs what it connects to
   */
  public Node {
    inputs = List.copyOf(inputs);
  }
}
