package io.lva.graph;

import java.util.List;

/** What a node connects to: one output, or a record of several. */
public interface Inputs {
  /**
   * Returns the outputs.
   *
   * @return the outputs, in the order of the JSON's {@code inputs}
   */
  List<Output> connections();
}
