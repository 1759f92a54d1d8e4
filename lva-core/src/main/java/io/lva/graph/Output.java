package io.lva.graph;

import java.util.List;

/**
 * An output of a node, to which any number of other nodes can be connected.
 *
 * <p>Immutable.
 */
public sealed interface Output extends Inputs permits MediaOutput, EventOutput {
  /**
   * Returns the node.
   *
   * @return the node to which this output belongs
   */
  Origin origin();

  /**
   * Returns the selectors of the streams that pass.
   *
   * @return the selectors; empty for all streams that the next node can take
   */
  List<OutputSelector> selectors();

  @Override
  default List<Output> connections() {
    return List.of(this);
  }
}
