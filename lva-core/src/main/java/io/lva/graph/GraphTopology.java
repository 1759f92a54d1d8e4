package io.lva.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A blueprint of a media graph: where video comes from, how it is processed and where it goes.
 *
 * <p>The builder and the JSON reader make equal values. Values made with the constructor are
 * unchecked; see {@link TopologyRules}.
 *
 * <p>Immutable.
 *
 * @param name 1 to 32 letters, digits and inner dashes
 * @param apiVersion the version of the contract it is written in
 * @param description for people
 * @param parameters what instances fill in
 * @param sources nodes without inputs
 * @param processors nodes in the middle
 * @param sinks nodes without outputs
 */
public record GraphTopology(
    String name,
    ApiVersion apiVersion,
    Optional<String> description,
    List<Parameter<?>> parameters,
    List<Node> sources,
    List<Node> processors,
    List<Node> sinks) {
  /**
   * Copies the lists.
   *
   * @param name 1 to 32 letters, digits and inner dashes
   * @param apiVersion the version of the contract it is written in
   * @param description for people
   * @param parameters what instances fill in
   * @param sources nodes without inputs
   * @param processors nodes in the middle
   * @param sinks nodes without outputs
   */
  public GraphTopology {
    parameters = List.copyOf(parameters);
    sources = List.copyOf(sources);
    processors = List.copyOf(processors);
    sinks = List.copyOf(sinks);
  }

  /**
   * Begins a topology.
   *
   * @param name 1 to 32 letters, digits and inner dashes
   * @return a builder for one topology
   */
  public static TopologyBuilder builder(String name) {
    return new TopologyBuilder(name);
  }

  /**
   * Returns all nodes.
   *
   * @return the nodes: sources, then processors, then sinks
   */
  public List<Node> nodes() {
    return Stream.of(sources, processors, sinks).flatMap(List::stream).toList();
  }

  /**
   * Finds a node.
   *
   * @param nodeName its name
   * @return the node, or empty when there is none
   */
  public Optional<Node> node(String nodeName) {
    return nodes().stream().filter(node -> node.name().equals(nodeName)).findFirst();
  }

  /**
   * Finds a parameter.
   *
   * @param parameterName its name
   * @return the parameter, or empty when it is not declared
   */
  public Optional<Parameter<?>> parameter(String parameterName) {
    for (Parameter<?> parameter : parameters) {
      if (parameter.name().equals(parameterName)) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the parameters whose values are secrets: those declared as secrets, and those used for
   * a password or the like.
   *
   * @return their names
   */
  public Set<String> secretParameters() {
    return SecretParameters.of(this);
  }
}
