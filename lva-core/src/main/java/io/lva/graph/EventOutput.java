package io.lva.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * The events of a node.
 *
 * <p>Immutable.
 *
 * @param origin the node whose events these are
 */
@CheckReturnValue
public record EventOutput(Origin origin) implements Output {
  @Override
  public List<OutputSelector> selectors() {
    return List.of();
  }

  /**
   * Adds a processor after this output.
   *
   * @param <O> what the processor offers to connect to
   * @param name of the new node, unique in the topology
   * @param processor type and properties of the new node
   * @return its outputs
   * @throws IllegalStateException after {@link TopologyBuilder#build}
   */
  public <O> O via(String name, NodeSpec.Processor<? super EventOutput, O> processor) {
    return origin.builder().process(name, processor, this);
  }

  /**
   * Adds a sink after this output.
   *
   * @param name of the new node, unique in the topology
   * @param sink type and properties of the new node
   * @throws IllegalStateException after {@link TopologyBuilder#build}
   */
  public void to(String name, NodeSpec.Sink<? super EventOutput> sink) {
    origin.builder().sink(name, sink, this);
  }
}
