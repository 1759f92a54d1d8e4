package io.lva.graph;

import java.util.List;

/**
 * An end of a node that others connect to; used as often as needed.
 *
 * <p>Immutable.
 */
public sealed interface Output extends Inputs permits MediaOutput, EventOutput {
  /**
   * Returns the node.
   *
   * @return whose end this is
   */
  Origin origin();

  /**
   * Returns which of its streams.
   *
   * @return empty for all that the next node can take
   */
  List<OutputSelector> selectors();

  @Override
  default List<Output> connections() {
    return List.of(this);
  }
}
