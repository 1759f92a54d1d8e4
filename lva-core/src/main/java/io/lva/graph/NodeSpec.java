package io.lva.graph;

/**
 * What a node is: its type and properties, without name and connections.
 *
 * <p>Implementations are immutable values.
 */
public interface NodeSpec {
  /**
   * Returns the node type.
   *
   * @return the value of {@code @type}, such as {@code #Microsoft.Media.MediaGraphRtspSource}
   */
  String type();
}
