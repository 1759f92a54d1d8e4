package io.lva.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node and its place in the JSON. Immutable; compared by identity. */
final class PlacedNode {
  private final Node node;
  private final NodeTypes.Kind kind;
  private final int index;

  private PlacedNode(Node node, NodeTypes.Kind kind, int index) {
    this.node = node;
    this.kind = kind;
    this.index = index;
  }

  static List<PlacedNode> all(GraphTopology topology) {
    List<PlacedNode> all = new ArrayList<>();
    add(all, NodeTypes.Kind.SOURCE, topology.sources());
    add(all, NodeTypes.Kind.PROCESSOR, topology.processors());
    add(all, NodeTypes.Kind.SINK, topology.sinks());
    return all;
  }

  private static void add(List<PlacedNode> all, NodeTypes.Kind kind, List<Node> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      all.add(new PlacedNode(nodes.get(i), kind, i));
    }
  }

  NodeTypes.Kind kind() {
    return kind;
  }

  List<NodeInput> inputs() {
    return node.inputs();
  }

  String name() {
    return node.name();
  }

  NodeSpec spec() {
    return node.spec();
  }

  /** Returns whether the node could be read; a node that could not be read was reported. */
  boolean readable() {
    return !spec().type().isEmpty();
  }

  /** Returns how the node fits into a graph; a node of an unknown type fits anywhere. */
  NodeTraits traits() {
    return type().flatMap(ObjectType::node).orElseGet(() -> NodeTraits.unknown(kind));
  }

  /** Returns whether the type is foreign to Live Video Analytics, whose rules do not cover it. */
  boolean foreign() {
    return type().filter(ObjectType::ofContract).isEmpty();
  }

  private Optional<ObjectType<?>> type() {
    return spec() instanceof PropertyObject object
        ? Optional.of(object.objectType())
        : NodeTypes.installed().find(kind, spec().type());
  }

  /** Returns whether the node is a source of media. */
  boolean isCamera() {
    return kind == NodeTypes.Kind.SOURCE
        && traits().gives().stream().anyMatch(stream -> stream != StreamKind.EVENTS);
  }

  boolean is(ObjectType<?>... types) {
    for (ObjectType<?> type : types) {
      if (spec().type().equals(type.name())) {
        return true;
      }
    }
    return false;
  }

  String path() {
    return "$.properties." + kind.listName() + "[" + index + "]";
  }

  String path(String rest) {
    return path() + rest;
  }

  String inputPath(int input) {
    return path(".inputs[" + input + "]");
  }

  /** Returns the type without the prefix that all types of the contract share. */
  String shortType() {
    String type = spec().type();
    return type.startsWith(ObjectType.PREFIX) ? type.substring(ObjectType.PREFIX.length()) : type;
  }

  /** Returns the type and the name, for messages. */
  @Override
  public String toString() {
    return shortType() + " '" + name() + "'";
  }
}
