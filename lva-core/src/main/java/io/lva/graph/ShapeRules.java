package io.lva.graph;

import java.util.List;

/** Checks that the nodes form one connected graph without cycles and that every input is a node. */
final class ShapeRules {
  private final GraphShape shape;
  private final Findings findings;

  private ShapeRules(GraphShape shape, Findings findings) {
    this.shape = shape;
    this.findings = findings;
  }

  static void check(GraphShape shape, Findings findings) {
    ShapeRules rules = new ShapeRules(shape, findings);
    shape.nodes().forEach(rules::inputs);
    shape.inCycles().forEach(rules::cycle);
    rules.parts();
    rules.unusedOutputs();
  }

  private void inputs(PlacedNode node) {
    boolean source = node.kind() == NodeTypes.Kind.SOURCE;
    if (!source && node.inputs().isEmpty() && node.readable()) {
      report(node.path(".inputs"), node + " has no input.");
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      String from = node.inputs().get(i).nodeName();
      String path = node.inputPath(i) + ".nodeName";
      if (source) {
        report(path, node + " is a source and has no inputs.");
      } else if (!from.isBlank() && shape.find(from).isEmpty()) {
        report(path, node + " has the input '" + from + "', which is not a node.");
      } else if (isSink(from)) {
        report(path, node + " has the input '" + from + "', which is a sink.");
      } else if (isTwice(node, i)) {
        report(path, node + " has the input '" + from + "' twice.");
      }
    }
  }

  /** Returns whether an input repeats an earlier one; false for a gate, which has its own rule. */
  private static boolean isTwice(PlacedNode node, int input) {
    NodeInput one = node.inputs().get(input);
    return !node.traits().passesOn()
        && !one.nodeName().isBlank()
        && node.inputs().indexOf(one) < input;
  }

  private boolean isSink(String name) {
    return shape.find(name).filter(node -> node.kind() == NodeTypes.Kind.SINK).isPresent();
  }

  private void cycle(PlacedNode node) {
    report(node.path(".inputs"), node + " is part of a cycle.");
  }

  private void parts() {
    List<PlacedNode> parts = shape.parts();
    for (PlacedNode node : parts.subList(Math.min(1, parts.size()), parts.size())) {
      report(node.path(), node + " begins a part that nothing connects to the rest.");
    }
    for (PlacedNode node : shape.nodes()) {
      // A processor or sink alone has no input, or one that is not a node: reported.
      if (node.kind() == NodeTypes.Kind.SOURCE && node.readable() && shape.alone(node)) {
        report(node.path(), node + " is connected to nothing.");
      }
    }
  }

  private void unusedOutputs() {
    for (PlacedNode node : shape.nodes()) {
      if (node.kind() == NodeTypes.Kind.PROCESSOR && shape.downstream(node).isEmpty()) {
        findings.add(
            ProblemCode.OUTPUT_UNUSED, node.path(), "Nothing is connected to " + node + ".");
      }
    }
  }

  private void report(String path, String message) {
    findings.add(ProblemCode.GRAPH_VALIDATION, path, message);
  }
}
