package io.lva.graph;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which nodes may stand where, and how often, as the type of each node states. */
final class ConnectionRules {
  private final ApiVersion version;
  private final GraphShape shape;
  private final Findings findings;

  private ConnectionRules(ApiVersion version, GraphShape shape, Findings findings) {
    this.version = version;
    this.shape = shape;
    this.findings = findings;
  }

  static void check(ApiVersion version, GraphShape shape, Findings findings) {
    ConnectionRules rules = new ConnectionRules(version, shape, findings);
    rules.ends();
    rules.counts();
    shape.nodes().forEach(rules::place);
  }

  private void ends() {
    if (shape.nodes().stream().noneMatch(PlacedNode::isCamera)) {
      report("$.properties.sources", "The graph needs one RTSP source.");
    }
    if (shape.nodes().stream().noneMatch(node -> node.kind() == NodeTypes.Kind.SINK)) {
      report("$.properties.sinks", "The graph needs a sink.");
    }
  }

  private void counts() {
    Set<String> found = new HashSet<>();
    for (PlacedNode node : shape.nodes()) {
      Optional<String> onlyOne = node.traits().onlyOne(version);
      if (onlyOne.isPresent() && !found.add(onlyOne.get())) {
        report(node.path(), node + " is one too many: the graph may have " + onlyOne.get() + ".");
      }
    }
  }

  private void place(PlacedNode node) {
    NodeTraits traits = node.traits();
    for (NodeTraits.Neighbours neighbours : traits.neighbours()) {
      shape.forInputs(node, (from, path) -> follow(node, from, neighbours, path));
    }
    traits.placement().ifPresent(rule -> rule.check(node, version, shape, findings));
  }

  private void follow(
      PlacedNode node, PlacedNode from, NodeTraits.Neighbours neighbours, String path) {
    boolean named = neighbours.types().contains(from.spec().type());
    if (!neighbours.allowed() && named) {
      report(path, node + " must not directly follow " + neighbours.text() + ".");
    } else if (neighbours.allowed()
        && !named
        && !from.foreign()
        && from.kind() != NodeTypes.Kind.SINK) {
      report(path, node + " must directly follow " + neighbours.text() + ", not " + from + ".");
    }
  }

  private void report(String path, String message) {
    findings.add(ProblemCode.GRAPH_VALIDATION, path, message);
  }
}
