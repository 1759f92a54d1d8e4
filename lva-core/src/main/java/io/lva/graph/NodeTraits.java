package io.lva.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a node type fits into a graph: its kind, what it takes and gives, and which nodes may stand
 * before it. The traits are part of its {@link ObjectType}, where the rules of a topology read
 * them.
 *
 * <pre>{@code
 * NodeTraits.processor().taking(StreamKind.VIDEO).giving(StreamKind.VIDEO, StreamKind.EVENTS)
 * }</pre>
 *
 * <p>Immutable.
 */
public final class NodeTraits {
  private static final Set<StreamKind> NOTHING = Set.of();

  private final NodeTypes.Kind kind;
  private final Set<StreamKind> takes;
  private final Set<StreamKind> gives;
  private final List<Neighbours> neighbours;
  private final Role role;

  /**
   * Which nodes may, or must not, stand directly before a node.
   *
   * @param allowed true when only these types are allowed, false when they are forbidden
   * @param text names them in a message, such as {@code an RTSP source}
   * @param types values of {@code @type}
   */
  record Neighbours(boolean allowed, String text, Set<String> types) {}

  /**
   * Traits that only the node types of the contract can have.
   *
   * @param group such as {@code one RTSP source}: a graph may have at most one node of the group;
   *     empty when there is no such limit
   * @param limited the versions of the contract that have this limit
   * @param passesOn whether the node gives what it takes, without events
   * @param placement a rule that looks at other nodes
   */
  private record Role(
      String group, Versions limited, boolean passesOn, @Nullable PlacementRule placement) {
    static final Role NONE = new Role("", Versions.ALL, false, null);
  }

  private NodeTraits(
      NodeTypes.Kind kind,
      Set<StreamKind> takes,
      Set<StreamKind> gives,
      List<Neighbours> neighbours,
      Role role) {
    this.kind = kind;
    this.takes = takes;
    this.gives = gives;
    this.neighbours = neighbours;
    this.role = role;
  }

  /**
   * Begins the traits of a source.
   *
   * @return traits of a source that gives nothing yet
   */
  public static NodeTraits source() {
    return new NodeTraits(NodeTypes.Kind.SOURCE, NOTHING, NOTHING, List.of(), Role.NONE);
  }

  /**
   * Begins the traits of a processor.
   *
   * @return traits of a processor that takes and gives nothing yet
   */
  public static NodeTraits processor() {
    return new NodeTraits(NodeTypes.Kind.PROCESSOR, NOTHING, NOTHING, List.of(), Role.NONE);
  }

  /**
   * Begins the traits of a sink.
   *
   * @return traits of a sink that takes nothing yet
   */
  public static NodeTraits sink() {
    return new NodeTraits(NodeTypes.Kind.SINK, NOTHING, NOTHING, List.of(), Role.NONE);
  }

  /**
   * Returns the traits of a node type that is not known: it takes and gives streams of every kind.
   */
  static NodeTraits unknown(NodeTypes.Kind kind) {
    Set<StreamKind> all = EnumSet.allOf(StreamKind.class);
    return new NodeTraits(kind, all, all, List.of(), Role.NONE);
  }

  /**
   * Sets what the node can use.
   *
   * @param streams at least one of them must flow along each of its connections
   * @return new traits
   */
  public NodeTraits taking(StreamKind... streams) {
    return new NodeTraits(kind, setOf(streams), gives, neighbours, role);
  }

  /**
   * Sets what leaves the node.
   *
   * @param streams what nodes that follow may take
   * @return new traits
   */
  public NodeTraits giving(StreamKind... streams) {
    return new NodeTraits(kind, takes, setOf(streams), neighbours, role);
  }

  /**
   * Restricts which node types of Live Video Analytics may stand directly before the node. Custom
   * types that give what the node takes remain allowed.
   *
   * @param text names the types in a message, such as {@code an RTSP source}
   * @param types values of {@code @type}
   * @return new traits
   * @throws IllegalArgumentException when a type is given twice
   */
  public NodeTraits following(String text, String... types) {
    return with(new Neighbours(true, text, Set.of(types)));
  }

  /**
   * Forbids node types directly before the node.
   *
   * @param text names the types in a message, such as {@code a signal gate}
   * @param types values of {@code @type}
   * @return new traits
   * @throws IllegalArgumentException when a type is given twice
   */
  public NodeTraits notFollowing(String text, String... types) {
    return with(new Neighbours(false, text, Set.of(types)));
  }

  /** Allows at most one node of the group in a graph, in some versions of the contract. */
  NodeTraits atMostOne(String group, Versions limited) {
    return with(new Role(group, limited, role.passesOn, role.placement));
  }

  /** Makes the node give what it takes, without events. */
  NodeTraits passingOn() {
    return with(new Role(role.group, role.limited, true, role.placement));
  }

  NodeTraits placed(PlacementRule rule) {
    return with(new Role(role.group, role.limited, role.passesOn, rule));
  }

  private NodeTraits with(Role other) {
    return new NodeTraits(kind, takes, gives, neighbours, other);
  }

  private NodeTraits with(Neighbours more) {
    List<Neighbours> all = new ArrayList<>(neighbours);
    all.add(more);
    return new NodeTraits(kind, takes, gives, List.copyOf(all), role);
  }

  private static Set<StreamKind> setOf(StreamKind... streams) {
    Set<StreamKind> set = EnumSet.noneOf(StreamKind.class);
    Collections.addAll(set, streams);
    return Collections.unmodifiableSet(set);
  }

  /**
   * Returns the kind of node.
   *
   * @return source, processor or sink
   */
  public NodeTypes.Kind kind() {
    return kind;
  }

  /**
   * Returns what the node can use.
   *
   * @return the kinds of stream, or empty for a source
   */
  public Set<StreamKind> takes() {
    return takes;
  }

  /**
   * Returns what leaves the node.
   *
   * @return the kinds of stream; empty for a sink, and for a node that {@linkplain #passesOn gives
   *     what it takes}
   */
  public Set<StreamKind> gives() {
    return gives;
  }

  List<Neighbours> neighbours() {
    return neighbours;
  }

  /** Returns the group of which a graph of this version may have at most one node. */
  Optional<String> onlyOne(ApiVersion version) {
    boolean limited = !role.group.isEmpty() && role.limited.include(version);
    return limited ? Optional.of(role.group) : Optional.empty();
  }

  /**
   * Returns whether the node gives what it takes, without events, as a signal gate does.
   *
   * @return true when it does; {@link #gives} is empty then
   */
  public boolean passesOn() {
    return role.passesOn;
  }

  Optional<PlacementRule> placement() {
    return Optional.ofNullable(role.placement);
  }
}
