package io.lva.spi;

import io.lva.graph.NodeSpec;
import io.lva.graph.ObjectType;
import java.util.Optional;

/**
 * Creates the runtime of one node type; found by {@link java.util.ServiceLoader}.
 *
 * <p>Thread-safe.
 */
public interface NodeProvider {
  /**
   * Returns the node type.
   *
   * @return the value of {@code @type}, such as {@code #Microsoft.Media.MediaGraphRtspSource}
   */
  String type();

  /**
   * Returns how topologies describe the nodes. If this is present, JSON topologies that the runtime
   * reads may contain such nodes, with their properties and rules.
   *
   * @return the type; empty when the type is one of Live Video Analytics or is installed as a
   *     {@link io.lva.graph.NodeTypeProvider}, or when its nodes are used only from Java
   */
  default Optional<ObjectType<?>> objectType() {
    return Optional.empty();
  }

  /**
   * Creates a node; it does nothing before {@link NodeRuntime#start}. Called on a thread of the
   * runtime, which may block. The activation fails when a node has not been made by the activation
   * deadline; the thread is then interrupted.
   *
   * @param spec what the topology says about the node
   * @param context what the node can use
   * @return the node
   * @throws IllegalArgumentException when a property is wrong after its parameters were resolved
   * @throws NodeStartException when the node cannot work, for example because a folder cannot be
   *     written
   */
  NodeRuntime create(NodeSpec spec, NodeContext context);
}
