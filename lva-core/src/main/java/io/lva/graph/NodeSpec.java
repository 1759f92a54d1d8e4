package io.lva.graph;

/**
 * What a node is: its type and properties, without name and connections.
 *
 * <p>Implementations are immutable values. Every node is a source, a processor or a sink; anyone
 * may add node types of each kind.
 */
public sealed interface NodeSpec {
  /**
   * Returns the node type.
   *
   * @return the value of {@code @type}, such as {@code #Microsoft.Media.MediaGraphRtspSource}
   */
  String type();

  /**
   * A node where media or events begin.
   *
   * @param <O> what it offers to connect to
   */
  non-sealed interface Source<O> extends NodeSpec {
    /**
     * Returns the outputs that other nodes can connect to.
     *
     * @param self the node in its builder
     * @return its outputs
     */
    O outputs(Origin self);
  }

  /**
   * A node between sources and sinks.
   *
   * @param <I> what it connects to
   * @param <O> what it offers to connect to
   */
  non-sealed interface Processor<I extends Inputs, O> extends NodeSpec {
    /**
     * Returns the outputs that other nodes can connect to.
     *
     * @param self the node in its builder
     * @return its outputs
     */
    O outputs(Origin self);
  }

  /**
   * A node where media or events end.
   *
   * @param <I> what it connects to
   */
  non-sealed interface Sink<I extends Inputs> extends NodeSpec {}
}
