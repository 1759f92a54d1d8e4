package io.lva.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The nodes of a topology and how they are connected, right or wrong. Immutable. */
final class GraphShape {
  private final List<PlacedNode> nodes;
  private final Map<String, PlacedNode> byName = new HashMap<>();
  private final Map<PlacedNode, List<PlacedNode>> upstream = new HashMap<>();
  private final Map<PlacedNode, List<PlacedNode>> downstream = new HashMap<>();

  GraphShape(GraphTopology topology) {
    nodes = PlacedNode.all(topology);
    for (PlacedNode node : nodes) {
      if (!node.name().isBlank()) {
        byName.putIfAbsent(node.name(), node);
      }
    }
    for (PlacedNode node : nodes) {
      for (NodeInput input : node.inputs()) {
        find(input.nodeName()).ifPresent(from -> connect(from, node));
      }
    }
  }

  private void connect(PlacedNode from, PlacedNode to) {
    upstream.computeIfAbsent(to, node -> new ArrayList<>()).add(from);
    downstream.computeIfAbsent(from, node -> new ArrayList<>()).add(to);
  }

  List<PlacedNode> nodes() {
    return nodes;
  }

  List<PlacedNode> of(ObjectType<?>... types) {
    return nodes.stream().filter(node -> node.is(types)).toList();
  }

  Optional<PlacedNode> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<PlacedNode> upstream(PlacedNode node) {
    return upstream.getOrDefault(node, List.of());
  }

  List<PlacedNode> downstream(PlacedNode node) {
    return downstream.getOrDefault(node, List.of());
  }

  /**
   * Calls the action for each input that names a node of the topology, with that node and the path
   * at which the input names it.
   */
  void forInputs(PlacedNode node, BiConsumer<PlacedNode, String> action) {
    for (int i = 0; i < node.inputs().size(); i++) {
      String path = node.inputPath(i) + ".nodeName";
      find(node.inputs().get(i).nodeName()).ifPresent(from -> action.accept(from, path));
    }
  }

  /**
   * Returns the nodes, each after all nodes that lead to it; nodes in a cycle or downstream of one
   * are left out.
   */
  List<PlacedNode> upstreamFirst() {
    return inOrder(upstream, downstream);
  }

  /** Returns the nodes that are in a cycle, or between two cycles. */
  List<PlacedNode> inCycles() {
    Set<PlacedNode> outside = new HashSet<>(inOrder(upstream, downstream));
    outside.addAll(inOrder(downstream, upstream));
    return nodes.stream().filter(node -> !outside.contains(node)).toList();
  }

  private List<PlacedNode> inOrder(
      Map<PlacedNode, List<PlacedNode>> before, Map<PlacedNode, List<PlacedNode>> after) {
    Map<PlacedNode, Integer> missing = new HashMap<>();
    Deque<PlacedNode> ready = new ArrayDeque<>();
    for (PlacedNode node : nodes) {
      int count = before.getOrDefault(node, List.of()).size();
      missing.put(node, count);
      if (count == 0) {
        ready.add(node);
      }
    }
    List<PlacedNode> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      PlacedNode node = ready.remove();
      order.add(node);
      for (PlacedNode next : after.getOrDefault(node, List.of())) {
        if (missing.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    return order;
  }

  /** Returns the first node of each connected part, leaving out nodes that stand alone. */
  List<PlacedNode> parts() {
    List<PlacedNode> parts = new ArrayList<>();
    Set<PlacedNode> seen = new HashSet<>();
    for (PlacedNode node : nodes) {
      if (!alone(node) && !seen.contains(node)) {
        parts.add(node);
        collect(node, seen);
      }
    }
    return parts;
  }

  boolean alone(PlacedNode node) {
    return upstream(node).isEmpty() && downstream(node).isEmpty();
  }

  private void collect(PlacedNode first, Set<PlacedNode> seen) {
    Deque<PlacedNode> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      PlacedNode node = open.pop();
      if (seen.add(node)) {
        open.addAll(upstream(node));
        open.addAll(downstream(node));
      }
    }
  }
}
