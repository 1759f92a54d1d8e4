package io.lva.graph;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that at least one stream can flow along each connection, given its selectors. */
final class StreamRules {
  private final GraphShape shape;
  private final Map<PlacedNode, Set<StreamKind>> offered = new HashMap<>();
  private final Findings findings;

  private StreamRules(GraphShape shape, Findings findings) {
    this.shape = shape;
    this.findings = findings;
  }

  static void check(GraphShape shape, Findings findings) {
    StreamRules rules = new StreamRules(shape, findings);
    shape.upstreamFirst().forEach(node -> rules.offered.put(node, rules.leaving(node)));
    shape.nodes().forEach(rules::inputs);
  }

  private void inputs(PlacedNode node) {
    for (int i = 0; i < node.inputs().size(); i++) {
      NodeInput input = node.inputs().get(i);
      String path = node.inputPath(i);
      selectors(input.selectors(), path);
      shape
          .find(input.nodeName())
          .filter(from -> from.kind() != NodeTypes.Kind.SINK)
          .filter(from -> flowing(node, from, input).isEmpty())
          .ifPresent(
              from ->
                  findings.add(
                      ProblemCode.GRAPH_VALIDATION,
                      path,
                      "There are no matching media types between nodes '"
                          + from.name()
                          + "' and '"
                          + node.name()
                          + "'."));
    }
  }

  private void selectors(List<OutputSelector> selectors, String path) {
    for (int i = 0; i < selectors.size(); i++) {
      if (selectors.get(i).value().isBlank()) {
        findings.add(
            ProblemCode.PROPERTY_REQUIRED,
            path + ".outputSelectors[" + i + "].value",
            "The property 'value' is missing.");
      }
    }
  }

  private Set<StreamKind> flowing(PlacedNode node, PlacedNode from, NodeInput input) {
    Set<StreamKind> streams = new HashSet<>(node.traits().takes());
    streams.retainAll(offered.getOrDefault(from, EnumSet.allOf(StreamKind.class)));
    streams.removeIf(stream -> !passes(stream, input.selectors()));
    return streams;
  }

  private static boolean passes(StreamKind stream, List<OutputSelector> selectors) {
    return selectors.stream()
        .allMatch(selector -> selector.value().isBlank() || selector.maySelect(stream.mediaType()));
  }

  /** Returns the streams that leave a node; for a gate, those that enter it, without events. */
  private Set<StreamKind> leaving(PlacedNode node) {
    return node.traits().passesOn() ? entering(node) : node.traits().gives();
  }

  private Set<StreamKind> entering(PlacedNode gate) {
    Set<StreamKind> streams = EnumSet.noneOf(StreamKind.class);
    for (NodeInput input : gate.inputs()) {
      shape.find(input.nodeName()).ifPresent(from -> streams.addAll(flowing(gate, from, input)));
    }
    streams.remove(StreamKind.EVENTS);
    return streams;
  }
}
