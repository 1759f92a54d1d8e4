package io.lva.graph;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for the names of topologies, instances and nodes. */
final class NameRules {
  /** Matches the names of topologies and instances. */
  static final Pattern RESOURCE =
      Pattern.compile("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$");

  private NameRules() {}

  static void check(GraphTopology topology, Findings findings) {
    checkResource("topology", topology.name(), findings);
    Set<String> names = new HashSet<>();
    for (PlacedNode node : PlacedNode.all(topology)) {
      if (node.name().isBlank() && node.readable()) {
        findings.add(ProblemCode.PROPERTY_REQUIRED, node.path(".name"), "The node has no name.");
      } else if (!node.name().isBlank() && !names.add(node.name())) {
        findings.add(
            ProblemCode.GRAPH_VALIDATION,
            node.path(".name"),
            "Two nodes are named '" + node.name() + "'.");
      }
    }
  }

  static void checkResource(String kind, String name, Findings findings) {
    if (name.isEmpty()) {
      findings.add(ProblemCode.PROPERTY_REQUIRED, "$.name", "The " + kind + " has no name.");
    } else if (!RESOURCE.matcher(name).matches()) {
      findings.add(
          ProblemCode.PROPERTY_VALUE_INVALID_PATTERN,
          "$.name",
          "The name of the "
              + kind
              + " must have 1 to 32 letters, digits and inner dashes, matching '"
              + RESOURCE
              + "'.");
    }
  }
}
