package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.InstanceRules;
import io.lva.graph.Node;
import io.lva.graph.NodeInput;
import io.lva.graph.OutputSelector;
import io.lva.graph.Problem;
import io.lva.graph.Resolver;
import io.lva.graph.TopologyException;
import io.lva.graph.TopologyRules;
import io.lva.graph.Value;
import io.lva.media.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an instance runs: a topology, and values that fit it.
 *
 * <p>Immutable.
 */
final class InstancePlan {
  private final InstanceDefinition definition;
  private final GraphTopology topology;
  private final List<PlannedNode> nodes;
  private final Resolver resolver;

  private InstancePlan(InstanceDefinition definition, GraphTopology topology) {
    this.definition = definition;
    this.topology = topology;
    nodes = upstreamFirst(topology);
    resolver = Resolver.of(topology, definition.name(), definition.parameters());
  }

  /**
   * Checks an instance and its topology.
   *
   * @throws TopologyException with every problem of the topology or, when it has none, every
   *     problem of the instance
   */
  static InstancePlan of(InstanceDefinition definition, GraphTopology topology) {
    check(TopologyRules.problems(topology));
    check(InstanceRules.problems(topology, definition));
    return new InstancePlan(definition, topology);
  }

  private static void check(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new TopologyException(problems);
    }
  }

  String instanceName() {
    return definition.name();
  }

  String topologyName() {
    return topology.name();
  }

  GraphTopology topology() {
    return topology;
  }

  InstanceDefinition definition() {
    return definition;
  }

  /** Returns all nodes, each after the nodes it takes its input from. */
  List<PlannedNode> nodes() {
    return nodes;
  }

  /** Returns a node by its name. */
  PlannedNode node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  <T> T resolve(Value<T> value, Instant now) {
    return resolver.resolve(value, now);
  }

  private static List<PlannedNode> upstreamFirst(GraphTopology topology) {
    List<PlannedNode> waiting = new ArrayList<>();
    topology.sources().forEach(node -> waiting.add(planned("sources", node)));
    topology.processors().forEach(node -> waiting.add(planned("processors", node)));
    topology.sinks().forEach(node -> waiting.add(planned("sinks", node)));
    List<PlannedNode> ordered = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    while (!waiting.isEmpty()) {
      List<PlannedNode> ready =
          waiting.stream()
              .filter(node -> node.inputs().stream().allMatch(in -> placed.contains(in.from())))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalArgumentException("topology '" + topology.name() + "' has a cycle");
      }
      ready.forEach(node -> placed.add(node.name()));
      ordered.addAll(ready);
      waiting.removeAll(ready);
    }
    return List.copyOf(ordered);
  }

  private static PlannedNode planned(String collection, Node node) {
    return new PlannedNode(
        node.name(),
        collection,
        node.spec(),
        node.inputs().stream()
            .map(input -> new PlannedNode.Connection(input.nodeName(), selector(input)))
            .toList());
  }

  private static @Nullable Predicate<Track> selector(NodeInput input) {
    List<OutputSelector> selectors = input.selectors();
    return selectors.isEmpty()
        ? null
        : track -> selectors.stream().allMatch(selector -> selects(selector, track));
  }

  private static boolean selects(OutputSelector selector, Track track) {
    Stream<String> names = track.parameters().mimeTypes().stream();
    return selector.operator() == OutputSelector.Operator.IS
        ? names.anyMatch(selector::selects)
        : names.allMatch(selector::selects);
  }
}
