package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.Node;
import io.lva.graph.NodeInput;
import io.lva.graph.NodeTraits;
import io.lva.graph.NodeTypes;
import io.lva.graph.StreamKind;
import io.lva.media.MediaType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which types of media the nodes after a node can use.
 *
 * <p>Immutable.
 */
final class WantedMedia {
  private final GraphTopology topology;
  private final NodeTypes types;

  private WantedMedia(GraphTopology topology, NodeTypes types) {
    this.types = types;
    this.topology = topology;
  }

  /**
   * Returns the types of media that can reach, on at least one path from a node, a node that uses
   * them. The topology must have no cycles.
   */
  static Set<MediaType> after(String node, GraphTopology topology, NodeTypes types) {
    Set<MediaType> wanted = EnumSet.allOf(MediaType.class);
    wanted.removeIf(type -> !new WantedMedia(topology, types).isWanted(node, type));
    return wanted;
  }

  private boolean isWanted(String node, MediaType type) {
    return isWanted(node, type, NodeTypes.Kind.PROCESSOR, topology.processors().stream())
        || isWanted(node, type, NodeTypes.Kind.SINK, topology.sinks().stream());
  }

  private boolean isWanted(
      String node, MediaType type, NodeTypes.Kind kind, Stream<? extends Node> followers) {
    return followers
        .filter(follower -> follower.inputs().stream().anyMatch(in -> passes(in, node, type)))
        .anyMatch(follower -> uses(follower, type, kind));
  }

  private static boolean passes(NodeInput input, String node, MediaType type) {
    return input.nodeName().equals(node)
        && input.selectors().stream().allMatch(selector -> selector.maySelect(type));
  }

  /**
   * Returns whether a node uses a type of media; a node whose type has no description counts as
   * using every type.
   */
  private boolean uses(Node node, MediaType type, NodeTypes.Kind kind) {
    Optional<NodeTraits> traits =
        types.find(kind, node.spec().type()).flatMap(found -> found.node());
    if (traits.isEmpty()) {
      return true;
    }
    return traits.get().takes().contains(stream(type))
        && (!traits.get().passesOn() || isWanted(node.name(), type));
  }

  private static StreamKind stream(MediaType type) {
    return switch (type) {
      case VIDEO -> StreamKind.VIDEO;
      case AUDIO -> StreamKind.AUDIO;
      case APPLICATION -> StreamKind.METADATA;
    };
  }
}
