package io.lva.graph;

/** A rule for nodes of one type that looks at the nodes around them. */
@FunctionalInterface
interface PlacementRule {
  void check(PlacedNode node, ApiVersion version, GraphShape shape, Findings findings);
}
