package io.lva.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lva.media.MediaType;
import java.util.ArrayList;
import java.util.List;

/**
 * The media of a node.
 *
 * <p>Immutable.
 *
 * @param origin the node whose media this is
 * @param selectors which streams it has; empty for all streams that the next node can take
 */
@CheckReturnValue
public record MediaOutput(Origin origin, List<OutputSelector> selectors) implements Output {
  /**
   * Copies the selectors.
   *
   * @param origin the node whose media this is
   * @param selectors which streams it has
   */
  public MediaOutput {
    selectors = List.copyOf(selectors);
  }

  /**
   * Creates an output of all streams.
   *
   * @param origin the node whose media this is
   */
  public MediaOutput(Origin origin) {
    this(origin, List.of());
  }

  /**
   * Narrows to the video streams.
   *
   * @return a narrower output
   */
  public MediaOutput video() {
    return select(OutputSelector.is(MediaType.VIDEO));
  }

  /**
   * Narrows to the audio streams.
   *
   * @return a narrower output
   */
  public MediaOutput audio() {
    return select(OutputSelector.is(MediaType.AUDIO));
  }

  /**
   * Narrows by one more selector.
   *
   * @param selector which streams remain
   * @return a narrower output
   */
  public MediaOutput select(OutputSelector selector) {
    List<OutputSelector> all = new ArrayList<>(selectors);
    all.add(selector);
    return new MediaOutput(origin, all);
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
  public <O> O via(String name, NodeSpec.Processor<? super MediaOutput, O> processor) {
    return origin.builder().process(name, processor, this);
  }

  /**
   * Adds a sink after this output.
   *
   * @param name of the new node, unique in the topology
   * @param sink type and properties of the new node
   * @throws IllegalStateException after {@link TopologyBuilder#build}
   */
  public void to(String name, NodeSpec.Sink<? super MediaOutput> sink) {
    origin.builder().sink(name, sink, this);
  }
}
