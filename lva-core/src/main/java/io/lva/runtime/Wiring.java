package io.lva.runtime;

import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The outputs of the nodes of one activation, connected from the sinks upwards.
 *
 * <p>Confined to the thread that makes the nodes.
 */
final class Wiring {
  private final Map<String, WiredNode> outputs = new HashMap<>();

  /**
   * Creates the outputs of all nodes, which are not connected yet.
   *
   * @param nodes all nodes of the activation
   * @param loop the thread of their media
   * @param onFailure called on the media loop with a node that was detached, and why
   */
  Wiring(List<PlannedNode> nodes, MediaLoop loop, BiConsumer<PlannedNode, Throwable> onFailure) {
    for (PlannedNode node : nodes) {
      outputs.put(node.name(), new WiredNode(loop, failure -> onFailure.accept(node, failure)));
    }
  }

  /** Returns the output of a node. */
  WiredNode output(String node) {
    return Objects.requireNonNull(outputs.get(node), node);
  }

  /**
   * Connects the inputs of an existing node to the outputs of its upstream nodes, which are made
   * later.
   */
  void connect(PlannedNode node, List<Inlet> inlets) {
    if (inlets.size() != node.inputs().size()) {
      throw new ActivationException(
          "Node '"
              + node.name()
              + "' of type "
              + node.spec().type()
              + " takes "
              + inlets.size()
              + " inputs; the topology connects "
              + node.inputs().size()
              + ".",
          node.name(),
          null);
    }
    for (int i = 0; i < inlets.size(); i++) {
      PlannedNode.Connection connection = node.inputs().get(i);
      output(connection.from()).connect(connection.selector(), output(node.name()), inlets.get(i));
    }
  }
}
