package io.lva.graph;

import java.util.List;

/**
 * One connection of a node.
 *
 * <p>Immutable.
 *
 * @param nodeName the node upstream
 * @param selectors which of its streams pass; empty for all that this node can take
 */
public record NodeInput(String nodeName, List<OutputSelector> selectors) {
  /**
   * Copies the selectors.
   *
   * @param nodeName the node upstream
   * @param selectors which of its streams pass
   */
  public NodeInput {
    selectors = List.copyOf(selectors);
  }

  /**
   * Creates a connection to all streams that the node can take.
   *
   * @param nodeName the node upstream
   */
  public NodeInput(String nodeName) {
    this(nodeName, List.of());
  }
}
