package io.lva.graph;

/** A rule of one node type that looks at the nodes around it. */
@FunctionalInterface
interface PlacementRule {
  void check(PlacedNode node, ApiVersion version, GraphShape shape, Findings findings);
}
