package io.lva.graph;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds one topology. Outputs are handles: a node is connected by passing it the outputs of
 * others, so a connection of the wrong kind does not compile and a cycle cannot be written.
 *
 * <p>Used once, by one thread. Everything it returns is immutable.
 */
public final class TopologyBuilder {
  private final String name;
  private ApiVersion apiVersion = ApiVersion.V2_0;
  private Optional<String> description = Optional.empty();
  private final List<Parameter<?>> parameters = new ArrayList<>();
  private final List<Node> sources = new ArrayList<>();
  private final List<Node> processors = new ArrayList<>();
  private final List<Node> sinks = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean built;

  TopologyBuilder(String name) {
    this.name = name;
  }

  /**
   * Sets the description.
   *
   * @param text for people
   * @return this
   * @throws IllegalStateException after {@link #build}
   */
  @CanIgnoreReturnValue
  public TopologyBuilder description(String text) {
    requireOpen();
    description = Optional.of(text);
    return this;
  }

  /**
   * Sets the version of the contract; 2.0 unless set.
   *
   * @param version the version whose rules apply
   * @return this
   * @throws IllegalStateException after {@link #build}
   */
  @CanIgnoreReturnValue
  public TopologyBuilder apiVersion(ApiVersion version) {
    requireOpen();
    apiVersion = version;
    return this;
  }

  /**
   * Declares a parameter.
   *
   * @param <T> type of its value
   * @param parameter its name, type and default
   * @return the parameter
   * @throws IllegalStateException after {@link #build}
   */
  @CanIgnoreReturnValue
  public <T> Parameter<T> parameter(Parameter<T> parameter) {
    requireOpen();
    parameters.add(parameter);
    return parameter;
  }

  /**
   * Adds a source.
   *
   * @param <O> type of its outputs
   * @param nodeName unique in the topology
   * @param spec type and properties of the node
   * @return its outputs
   * @throws IllegalStateException after {@link #build}
   */
  public <O> O source(String nodeName, NodeSpec.Source<O> spec) {
    requireOpen();
    sources.add(new Node(nodeName, spec, List.of()));
    return spec.outputs(new Origin(this, nodeName));
  }

  /**
   * Adds a processor.
   *
   * @param <I> type of its inputs
   * @param <O> type of its outputs
   * @param nodeName unique in the topology
   * @param spec type and properties of the node
   * @param inputs outputs of nodes of this builder
   * @return its outputs
   * @throws IllegalStateException after {@link #build}
   */
  @CanIgnoreReturnValue
  public <I extends Inputs, O> O process(
      String nodeName, NodeSpec.Processor<? super I, O> spec, I inputs) {
    requireOpen();
    String path = "$.properties.processors[" + processors.size() + "]";
    processors.add(new Node(nodeName, spec, connect(path, nodeName, inputs)));
    return spec.outputs(new Origin(this, nodeName));
  }

  /**
   * Adds a sink.
   *
   * @param <I> type of its inputs
   * @param nodeName unique in the topology
   * @param spec type and properties of the node
   * @param inputs outputs of nodes of this builder
   * @throws IllegalStateException after {@link #build}
   */
  public <I extends Inputs> void sink(String nodeName, NodeSpec.Sink<? super I> spec, I inputs) {
    requireOpen();
    String path = "$.properties.sinks[" + sinks.size() + "]";
    sinks.add(new Node(nodeName, spec, connect(path, nodeName, inputs)));
  }

  /**
   * Builds the topology and ends the use of this builder.
   *
   * @return the topology
   * @throws TopologyException when the topology breaks a rule; it lists every problem
   * @throws IllegalStateException when called twice
   */
  public GraphTopology build() {
    requireOpen();
    built = true;
    GraphTopology topology =
        new GraphTopology(name, apiVersion, description, parameters, sources, processors, sinks);
    problems.addAll(TopologyRules.problems(topology));
    if (!problems.isEmpty()) {
      throw new TopologyException(problems);
    }
    return topology;
  }

  private List<NodeInput> connect(String path, String nodeName, Inputs inputs) {
    List<NodeInput> connections = new ArrayList<>();
    for (Output output : inputs.connections()) {
      if (output.origin().builder() != this) {
        problems.add(
            new Problem(
                ProblemCode.GRAPH_VALIDATION,
                "Node '"
                    + nodeName
                    + "' uses an output of '"
                    + output.origin()
                    + "', which belongs to another builder.",
                path + ".inputs[" + connections.size() + "].nodeName"));
      }
      connections.add(new NodeInput(output.origin().nodeName(), output.selectors()));
    }
    return connections;
  }

  private void requireOpen() {
    if (built) {
      throw new IllegalStateException("this builder has built its topology; begin another one");
    }
  }
}
