package io.lva.graph;

/** A node's name, together with the builder that the node belongs to. */
public final class Origin {
  private final TopologyBuilder builder;
  private final String nodeName;

  Origin(TopologyBuilder builder, String nodeName) {
    this.builder = builder;
    this.nodeName = nodeName;
  }

  TopologyBuilder builder() {
    return builder;
  }

  /**
   * Returns the name of the node.
   *
   * @return its name
   */
  public String nodeName() {
    return nodeName;
  }

  @Override
  public String toString() {
    return nodeName;
  }
}
